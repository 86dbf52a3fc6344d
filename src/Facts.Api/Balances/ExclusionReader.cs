using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Npgsql;
using NpgsqlTypes;

namespace Facts.Api.Balances;

/// <summary>Finds what is left out of a row: facts that exist and do not count, facts and claims of a later day, claims that are undecided or do not count at all.</summary>
internal sealed class ExclusionReader(FactsContext database, BalanceFilter filter, ItemTree items)
{
    /// <summary>A claim that is left out, before its words are read.</summary>
    sealed record Found(long Id, string Reason, string Text);

    public async Task<IReadOnlyList<Exclusion>> ReadAsync(ExplainedRow explained, CancellationToken cancel)
    {
        var claims = LaterClaims(explained.Row).Concat(Undecided(explained)).Concat(await NotCountingAsync(explained.Row, cancel)).DistinctBy(c => c.Id).ToList();
        var evidence = (await EvidenceRow.ReadByClaimsAsync(database, [.. claims.Select(c => c.Id)], cancel)).ToDictionary(e => e.Id);
        return
        [
            .. explained.Row.Facts.Concat(explained.Uncounted).SelectMany(Facts),
            .. LaterFacts(explained),
            .. claims.Select(c => new Exclusion("claim", c.Id, c.Reason, c.Text, evidence.GetValueOrDefault(c.Id))),
        ];
    }

    static IEnumerable<Exclusion> Facts(FactState standing)
    {
        foreach (var (reason, text) in Why(standing)) yield return new(EnumWords.ToWord(standing.Kind), standing.FactId, reason, text, null);
    }

    static IEnumerable<(string Reason, string Text)> Why(FactState standing)
    {
        if (!standing.Counts)
        {
            yield return standing is DeliveryState { Unexplained: true } ? ("explained", "a running total that deliveries explain already: it adds nothing")
                : standing is DeliveryState { Stage: Stage.Rejected } ? ("rejected", "sent back")
                : ("below_stage", $"has come as far as {EnumWords.ToWord(((DeliveryState)standing).Stage)} by the day, and counts from a later stage on");
            yield break;
        }

        // One that names its commitment may be any part of it, and is in the sums so.
        if (standing.Unquantified && standing is not DeliveryState { Delivered: { High: not 0 } }) yield return ("unspecified", "without a number: it adds nothing to any sum and is counted as unquantified");
        if (standing.Disputed) yield return ("disputed", "a denial hangs on it; it is counted as disputed and stays in every number");
        if (standing is CommitmentState { Conditional: true }) yield return ("conditional", "under a condition that is not met: never overdue");
        if (standing is CommitmentState { Firmness: Firmness.Intent }) yield return ("intent", "an intent: in no other measure than intended");
    }

    IEnumerable<Exclusion> LaterFacts(ExplainedRow explained) => explained.NotYet.Where(f => IsOf(explained.Row, f.Kind, f.Donors, f.Recipient, f.Items, f.Unit, f.Claims[0].Stated, null))
        .Select(f => new Exclusion(EnumWords.ToWord(f.Kind), f.Id, "later", $"not {(f.Kind == FactKind.Delivery ? "begun" : "stated")} by {filter.View.AsOf:yyyy-MM-dd}", null));

    IEnumerable<Found> LaterClaims(BalanceRow row) => row.Facts
        .SelectMany(s => s.Fact.Claims.Except(s.Claims).Select(c => new Found(c.Id, "later", $"stated on {c.Stated}, not by {filter.View.AsOf:yyyy-MM-dd}"
            + (c.Kind == ClaimKind.Delivery ? "; what it says of the delivery counts all the same" : ""))));

    IEnumerable<Found> Undecided(ExplainedRow explained) => explained.Undecided
        .Where(c => IsOf(explained.Row, FactKind.Commitment, c.Donors, c.Recipient ?? "", c.Items, c.Unit, c.Stated, c.Due))
        .Select(c => new Found(c.Id, "undecided", "what is still to come fits several open commitments: it adds nothing and is for review"));

    async Task<List<Found>> NotCountingAsync(BalanceRow row, CancellationToken cancel)
    {
        var keys = row.Facts.ToLookup(s => s.Kind, s => s.Fact is Commitment commitment ? commitment.Keys : s.Key is { } key ? [key] : []);
        string[] Keys(FactKind kind) => [.. keys[kind].SelectMany(k => k).Distinct()];
        var evidence = filter.Evidence;
        await using var command = await database.CommandAsync(Sql.Text("Balances", "excluded_claims"), cancel,
            new NpgsqlParameter("known_at", NpgsqlDbType.TimestampTz) { Value = (object?)evidence.KnownAt?.ToUniversalTime() ?? DBNull.Value },
            Sql.ArrayParameter("attributions", evidence.Attributions), Sql.ArrayParameter("publishers", evidence.Publishers),
            Sql.ArrayParameter("recipients", row.Key.Recipient is { } recipient ? [recipient] : filter.Names.Recipients),
            Sql.ArrayParameter("commitments", Keys(FactKind.Commitment)), Sql.ArrayParameter("deliveries", Keys(FactKind.Delivery)), Sql.ArrayParameter("requests", Keys(FactKind.Request)));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<Found>();
        while (await reader.ReadAsync(cancel))
        {
            string? Text(string column) => reader.GetOrdinal(column) is var at && reader.IsDBNull(at) ? null : reader.GetString(at);
            string[] Set(string column) => reader.GetFieldValue<string[]>(reader.GetOrdinal(column));
            var kind = EnumWords.Parse<ClaimKind>(Text("kind"))!.Value;
            FactKind? about = kind switch
            {
                ClaimKind.Request => FactKind.Request,
                ClaimKind.Pledge => FactKind.Commitment,
                ClaimKind.Delivery => FactKind.Delivery,
                ClaimKind.Amendment or ClaimKind.Cancellation or ClaimKind.Assessment => null,
                _ => throw new InvalidOperationException($"A stored kind is none: {kind}"),
            };
            var named = Keys(FactKind.Commitment).Contains(Text("commitment")) && about is null or FactKind.Commitment
                || Keys(FactKind.Delivery).Contains(Text("delivery")) || Keys(FactKind.Request).Contains(Text("request"));
            var due = Text("due_on") is { } date ? FuzzyDate.Parse(date) : null;
            if (!named && !(about is { } fact && IsOf(row, fact, CodeSet.From(Set("donors")), Text("recipient")!, CodeSet.From(Set("items")), Text("unit"), FuzzyDate.Parse(Text("stated_on")!), due)))
                continue;
            var by = reader.GetOrdinal("superseded_by") is var at && reader.IsDBNull(at) ? (long?)null : reader.GetInt64(at);
            found.Add(new(reader.GetInt64(reader.GetOrdinal("id")), Text("reason")!, Text("reason") switch
            {
                "superseded" => $"claim {by} took its place",
                "withdrawn" => "withdrawn: our record was wrong",
                "retracted" => "its article was retracted",
                "deprecated" => "an editor deprecated it",
                var other => throw new InvalidOperationException($"No such reason: {other}"),
            }));
        }

        return found;
    }

    /// <summary>Whether something that is no fact of the day would be in the row.</summary>
    bool IsOf(BalanceRow row, FactKind kind, CodeSet donors, string recipient, CodeSet of, string? unit, FuzzyDate stated, FuzzyDate? due) =>
        (!filter.OnlyCommitments || kind == FactKind.Commitment)
        && filter.Names.Matches(donors.Codes, recipient, of.Codes, unit)
        && Balance.KeyOf(unit, donors, recipient, of, stated, due, filter.GroupBy, items) == row.Key;
}
