using System.Text.Json;
using Facts.Api.Database;
using Facts.Api.Http;

namespace Facts.Api.Changes;

/// <summary>The fields of a change in answers.</summary>
internal static class ChangeResponse
{
    public static readonly ListSchema<ChangeRow> Fields = new ListSchema<ChangeRow>("Change")
        .Id("sequence", c => c.Sequence, "Its place among all changes, from 1, without gaps: the `dataset_version` it made.", example: "1")
        .Field("recorded_at", c => c.RecordedAt, "When (UTC); later for each than for the one before.")
        .Field("kind", c => c.Kind, "What it was about.", facet: true, words: EnumWords.All<ChangeKind>())
        .Field("claims_recorded", c => c.ClaimsRecorded, "How many claims it recorded.")
        .Field("claims_ended", c => c.ClaimsEnded, "How many it superseded or withdrew.")
        .Field("facts_changed", c => c.FactsChanged, "How many facts came to be, changed or went.")
        .Field("balances_moved", c => c.BalancesMoved, "How many balances it moved.")
        .Embed<IEnumerable<ChangedClaim>>("claims", $"The claims it recorded, superseded or withdrew: the first {ChangedClaims.MaxListed} of each.", isAlways: true)
        .Embed<IEnumerable<FactChange>>("facts", $"The facts that came to be, changed or went (with what they are part of now): the first {ChangeRecord.MaxListed}.", isAlways: true)
        .Embed<IEnumerable<ChangedResource>>("resources", "Articles, parties, items and decisions that it made, changed or deleted.", isAlways: true)
        .Embed<IEnumerable<BalanceChange>>("balances", $"The balances it moved, as of the day of the change: the first {ChangeRecord.MaxListed}.", isAlways: true)
        .Embed<bool>("truncated", "Whether it did more than is listed here; its counts tell how much.", isAlways: true)
        .Parameter("since", WireType.Whole, "Only changes after this `sequence`.", example: "1");

    public static async Task<Func<ChangeRow, object?>> EmbeddedAsync(FactsContext database, string name, IReadOnlyList<ChangeRow> changes, CancellationToken cancel)
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
                return c => c.ClaimsRecorded > ChangedClaims.MaxListed || c.ClaimsEnded > ChangedClaims.MaxListed || c.FactsChanged > ChangeRecord.MaxListed || c.BalancesMoved > ChangeRecord.MaxListed;
            default:
                throw new ArgumentOutOfRangeException(nameof(name));
        }
    }

    static IReadOnlyList<T> Read<T>(string json) => JsonSerializer.Deserialize<List<T>>(json, Json.Options)!;
}
