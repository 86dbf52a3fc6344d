using System.Text.Json;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Ledger;
using Npgsql;

namespace Facts.Api.Changes;

/// <summary>A claim that a change recorded or ended.</summary>
/// <param name="Change"><c>recorded</c>, <c>superseded</c> or <c>withdrawn</c>.</param>
/// <param name="SupersededBy">The claim that took its place.</param>
internal sealed record ChangedClaim(long Id, string ExternalId, long ArticleId, ClaimKind Kind, string Change, long? SupersededBy);

/// <summary>An article, party, item or decision that a change made, changed or deleted.</summary>
/// <param name="Type">As in its URL: <c>articles</c>.</param>
/// <param name="Id">Its number or code.</param>
/// <param name="Change"><c>created</c>, <c>changed</c> or <c>gone</c>.</param>
internal sealed record ChangedThing(string Type, JsonElement Id, string Change);

/// <summary>A change, as it is answered.</summary>
internal static class ChangeResponse
{
    public static readonly ListFields<ChangeRow> Fields = new ListFields<ChangeRow>("Change")
        .Id("sequence", c => c.Sequence, "Its place among all changes, from 1, without gaps: the `dataset_version` it made.", example: "1")
        .Field("recorded_at", c => c.RecordedAt, "When (UTC); later for each than for the one before.")
        .Field("kind", c => c.Kind, "What it was about.", facet: true, words: Words.All<ChangeKind>())
        .Field("claims_recorded", c => c.ClaimsRecorded, "How many claims it recorded.")
        .Field("claims_ended", c => c.ClaimsEnded, "How many it superseded or withdrew.")
        .Field("facts_changed", c => c.FactsChanged, "How many facts came to be, changed or went.")
        .Field("balances_moved", c => c.BalancesMoved, "How many balances it moved.")
        .Embed<IEnumerable<ChangedClaim>>("claims", $"The claims it recorded, superseded or withdrew: the first {ChangedClaims.Most} of each.", isAlways: true)
        .Embed<IEnumerable<FactChange>>("facts", $"The facts that came to be, changed or went (with what they are part of now): the first {Change.Most}.", isAlways: true)
        .Embed<IEnumerable<ChangedThing>>("things", "Articles, parties, items and decisions that it made, changed or deleted.", isAlways: true)
        .Embed<IEnumerable<Moved>>("balances", $"The balances it moved, as of the day of the change: the first {Change.Most}.", isAlways: true)
        .Embed<bool>("truncated", "Whether it did more than is listed here; its counts tell how much.", isAlways: true)
        .Parameter("since", WireType.Whole, "Only changes after this `sequence`.", example: "1");

    public static async Task<Func<ChangeRow, object?>> EmbeddedAsync(FactsContext database, string name, IReadOnlyList<ChangeRow> changes, CancellationToken cancel)
    {
        switch (name)
        {
            case "claims":
                var claims = await ChangedClaims.OfAsync(database, changes, cancel);
                return c => claims[c.Id];
            case "facts":
                return c => Read<FactChange>(c.Facts);
            case "things":
                return c => Read<ChangedThing>(c.Things);
            case "balances":
                return c => Read<Moved>(c.Balances);
            case "truncated":
                return c => c.ClaimsRecorded > ChangedClaims.Most || c.ClaimsEnded > ChangedClaims.Most || c.FactsChanged > Change.Most || c.BalancesMoved > Change.Most;
            default:
                throw new ArgumentOutOfRangeException(nameof(name));
        }
    }

    static IReadOnlyList<T> Read<T>(string json) => JsonSerializer.Deserialize<List<T>>(json, Json.Options)!;
}

/// <summary>Reads the claims of changes, by one query.</summary>
internal static class ChangedClaims
{
    /// <summary>Of each kind, of one change.</summary>
    public const int Most = 1_000;

    public static async Task<ILookup<long, ChangedClaim>> OfAsync(FactsContext database, IReadOnlyList<ChangeRow> changes, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(Sql.Text("Changes", "claims"), cancel,
            new NpgsqlParameter("ids", changes.Select(c => c.Id).ToArray()),
            new NpgsqlParameter("firsts", changes.Select(c => c.FirstClaim).ToArray()), new NpgsqlParameter("lasts", changes.Select(c => c.LastClaim).ToArray()),
            new NpgsqlParameter("most", Most));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<(long Change, ChangedClaim Claim)>();
        while (await reader.ReadAsync(cancel))
            found.Add((reader.GetInt64(0), new(reader.GetInt64(1), reader.GetString(2), reader.GetInt64(3), Words.Parse<ClaimKind>(reader.GetString(4))!.Value,
                reader.GetString(5), reader.IsDBNull(6) ? null : reader.GetInt64(6))));
        return found.ToLookup(f => f.Change, f => f.Claim);
    }
}
