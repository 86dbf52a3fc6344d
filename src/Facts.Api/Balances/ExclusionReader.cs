using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Npgsql;
using NpgsqlTypes;

namespace Facts.Api.Balances;

/// <summary>
/// Finds the facts and claims that belong to a row but add nothing to it, or nothing to one of its numbers. These are facts that do not count,
/// facts and claims of a later day, and claims that are undecided or no longer count.
/// </summary>
internal sealed class ExclusionReader(FactsContext database, BalanceFilter filter, ItemTree items)
{
    /// <summary>An excluded claim, before its quote and article are read.</summary>
    sealed record ExcludedClaim(long Id, string Reason, string Text);

    string Day => FuzzyDate.On(filter.Evaluation.AsOf).InWords();

    public async Task<IReadOnlyList<Exclusion>> ReadAsync(ExplainedRow explained, CancellationToken cancel)
    {
        var claims = LaterClaims(explained.Row).Concat(UndecidedClaims(explained)).Concat(await EndedClaimsAsync(explained.Row, cancel))
            .DistinctBy(c => c.Id).ToList();
        var evidence = (await EvidenceRow.ReadByClaimsAsync(database, [.. claims.Select(c => c.Id)], cancel)).ToDictionary(e => e.Id);
        return
        [
            .. explained.Row.Facts.Concat(explained.Uncounted).SelectMany(Facts),
            .. LaterFacts(explained),
            .. claims.Select(c => new Exclusion("claim", c.Id, c.Reason, c.Text, evidence.GetValueOrDefault(c.Id))),
        ];
    }

    IEnumerable<Exclusion> Facts(FactState state)
    {
        foreach (var (reason, text) in Why(state)) yield return new(EnumWords.ToWord(state.Kind), state.FactId, reason, text, null);
    }

    IEnumerable<(string Reason, string Text)> Why(FactState state)
    {
        if (!state.Counts)
        {
            yield return state is DeliveryState { Unexplained: true }
                ? ("explained", "a cumulative total that other deliveries already explain; it adds nothing")
                : state is DeliveryState { Stage: Stage.Rejected } ? ("rejected", "sent back")
                : ("below_stage", $"the delivery has the stage {EnumWords.ToWord(((DeliveryState)state).Stage)} on the day; "
                    + $"deliveries count from {EnumWords.ToWord(filter.Evaluation.MinStage)} on");
            yield break;
        }

        // A delivery without a number that names its commitment is in the sums: it can be any part of the commitment.
        if (state.Unquantified && state is not DeliveryState { Delivered: { High: not 0 } })
            yield return ("unspecified", "without a number; it adds nothing to any sum and is counted as unquantified");
        if (state.Disputed) yield return ("disputed", "a claim denies it; it is counted as disputed and stays in every number");
        if (state is CommitmentState { Conditional: true }) yield return ("conditional", "under a condition that is not met; it is never overdue");
        if (state is CommitmentState { Firmness: Firmness.Intent }) yield return ("intent", "an intent; it is in no measure other than intended");
    }

    IEnumerable<Exclusion> LaterFacts(ExplainedRow explained) => explained.Later
        .Where(f => IsOf(explained.Row, f.Kind, f.Donors, f.Recipient, f.Items, f.Unit, f.Claims[0].Stated, null))
        .Select(f => new Exclusion(
            EnumWords.ToWord(f.Kind), f.Id, "later", $"not {(f.Kind == FactKind.Delivery ? "begun" : "stated")} by {Day}", null));

    IEnumerable<ExcludedClaim> LaterClaims(BalanceRow row) => row.Facts
        .SelectMany(s => s.Fact.Claims.Except(s.Claims).Select(c => new ExcludedClaim(c.Id, "later",
            $"stated {c.Stated.InWords()}, not by {Day}"
            + (c.Kind == ClaimKind.Delivery ? "; its content counts nevertheless, by the day of the delivery" : ""))));

    IEnumerable<ExcludedClaim> UndecidedClaims(ExplainedRow explained) => explained.Undecided
        .Where(c => IsOf(explained.Row, FactKind.Commitment, c.Donors, c.Recipient ?? "", c.Items, c.Unit, c.Stated, c.Due))
        .Select(c => new ExcludedClaim(
            c.Id, "undecided", "the remaining quantity that it states fits several open commitments; it adds nothing until it is reviewed"));

    async Task<List<ExcludedClaim>> EndedClaimsAsync(BalanceRow row, CancellationToken cancel)
    {
        var keys = row.Facts.ToLookup(s => s.Kind, s => s.Fact is Commitment commitment ? commitment.Keys : s.Key is { } key ? [key] : []);
        string[] Keys(FactKind kind) => [.. keys[kind].SelectMany(k => k).Distinct()];
        var selection = filter.Selection;
        await using var command = await database.CommandAsync(Sql.Text("Balances", "excluded_claims"), cancel,
            new NpgsqlParameter("known_at", NpgsqlDbType.TimestampTz) { Value = (object?)selection.KnownAt?.ToUniversalTime() ?? DBNull.Value },
            Sql.ArrayParameter("attributions", selection.Attributions),
            Sql.ArrayParameter("publishers", selection.Publishers),
            Sql.ArrayParameter("recipients", row.Key.Recipient is { } recipient ? [recipient] : filter.Names.Recipients),
            Sql.ArrayParameter("commitments", Keys(FactKind.Commitment)),
            Sql.ArrayParameter("deliveries", Keys(FactKind.Delivery)),
            Sql.ArrayParameter("requests", Keys(FactKind.Request)));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var excluded = new List<ExcludedClaim>();
        while (await reader.ReadAsync(cancel))
        {
            string? Text(string column) => reader.GetOrdinal(column) is var at && reader.IsDBNull(at) ? null : reader.GetString(at);
            string[] Codes(string column) => reader.GetFieldValue<string[]>(reader.GetOrdinal(column));
            var kind = EnumWords.Parse<ClaimKind>(Text("kind"))!.Value;
            FactKind? factKind = kind switch
            {
                ClaimKind.Request => FactKind.Request,
                ClaimKind.Pledge => FactKind.Commitment,
                ClaimKind.Delivery => FactKind.Delivery,
                ClaimKind.Amendment or ClaimKind.Cancellation or ClaimKind.Assessment => null,
                _ => throw new InvalidOperationException($"Unknown kind of a stored claim: {kind}"),
            };
            var named = Keys(FactKind.Commitment).Contains(Text("commitment")) && factKind is null or FactKind.Commitment
                || Keys(FactKind.Delivery).Contains(Text("delivery")) || Keys(FactKind.Request).Contains(Text("request"));
            var due = Text("due_on") is { } date ? FuzzyDate.Parse(date) : null;
            var matches = factKind is { } fact && IsOf(row, fact, CodeSet.From(Codes("donors")), Text("recipient")!, CodeSet.From(Codes("items")),
                Text("unit"), FuzzyDate.Parse(Text("stated_on")!), due);
            if (!named && !matches) continue;
            var successor = reader.GetOrdinal("superseded_by") is var at && reader.IsDBNull(at) ? (long?)null : reader.GetInt64(at);
            excluded.Add(new(reader.GetInt64(reader.GetOrdinal("id")), Text("reason")!, Text("reason") switch
            {
                "superseded" => $"claim {successor} replaced it",
                "withdrawn" => "withdrawn, since the record was wrong",
                "retracted" => "its article was retracted",
                "deprecated" => "an editor deprecated it",
                var other => throw new InvalidOperationException($"Unknown reason: {other}"),
            }));
        }

        return excluded;
    }

    /// <summary>True if a fact of these properties would be in the row, if it existed on the day.</summary>
    bool IsOf(BalanceRow row, FactKind kind, CodeSet donors, string recipient, CodeSet itemCodes, string? unit, FuzzyDate stated, FuzzyDate? due) =>
        (!filter.OnlyCommitments || kind == FactKind.Commitment)
        && filter.Names.Matches(donors.Codes, recipient, itemCodes.Codes, unit)
        && Balance.KeyOf(unit, donors, recipient, itemCodes, stated, due, filter.GroupBy, items) == row.Key;
}
