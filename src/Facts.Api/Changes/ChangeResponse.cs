using System.Text.Json;
using Facts.Api.Database;
using Facts.Api.Http;

namespace Facts.Api.Changes;

/// <summary>The fields of a change in answers.</summary>
internal static class ChangeResponse
{
    public static async Task<Func<ChangeRow, object?>> EmbeddedAsync(
        FactsContext database, string name, IReadOnlyList<ChangeRow> changes, CancellationToken cancel)
    {
        switch (name)
        {
            case "claims":
                var claims = await ChangedClaims.ReadAsync(database, changes, cancel);
                return c => claims[c.Id];
            case "facts":
                return c => Read<FactChange>(c.Facts);
            case "resources":
                return c => Read<ChangedResource>(c.Resources);
            case "balances":
                return c => Read<BalanceChange>(c.Balances);
            case "truncated":
                return c => c.ClaimsRecorded > ChangedClaims.MaxListed || c.ClaimsEnded > ChangedClaims.MaxListed
                    || c.FactsChanged > ChangeRecord.MaxListed || c.BalancesMoved > ChangeRecord.MaxListed;
            default:
                throw new ArgumentOutOfRangeException(nameof(name));
        }
    }

    static IReadOnlyList<T> Read<T>(string json) => JsonSerializer.Deserialize<List<T>>(json, Json.Options)!;
}
