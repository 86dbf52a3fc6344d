using Facts.Api.Changes;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Review;

/// <summary>Records decisions, one or many, and undoes them. Each write refreshes the projections that the decisions concern.</summary>
internal static class DecisionWriter
{
    /// <summary>Finds the claims that decisions are about. A claim that does not exist, or that cannot be decided on so, is an error.</summary>
    public static async Task<(List<DecisionRow> Decisions, List<ProblemError> Errors)> FindAsync(
        FactsContext database, IReadOnlyList<(int? Row, DecisionRequest Request)> requests, CancellationToken cancel)
    {
        var byName = await ReadByNameAsync(database, requests, cancel);
        var byNumber = await ReadByNumberAsync(database, requests, cancel);
        var current = await ClaimVersions.CurrentAsync(database, [.. byNumber.Values.Select(c => c.FirstEditionId)], cancel);
        var decisions = new List<DecisionRow>();
        var allErrors = new List<ProblemError>();
        foreach (var (row, request) in requests)
        {
            var errors = new List<ProblemError>();
            var a = Find(request.ClaimA(), request.A, "/a", errors);
            var b = request.IsRank() ? null : Find(request.ClaimB(), request.B, "/b", errors);
            if (a is not null && b is not null) errors.AddRange(CheckKinds(request, a, b));
            if (request.IsRank() && a is { SupersededIn: not null } && !current.ContainsKey(a.FirstEditionId))
                errors.Add(ProblemError.InBody(Problems.InvalidValue, "/a", "was withdrawn: only a claim that counts has a rank", request.A.ToString()));
            // A cumulative total is a claim about a sum of deliveries, never about one of them. An imported decision (it has a row) is recorded
            // even so, as it was in its own store; it has no effect.
            if (row is null && request.Decision is "merge" or "split" && a?.Kind == "delivery" && b?.Kind == "delivery" && IsCumulative(a) != IsCumulative(b))
                errors.Add(ProblemError.InBody(Problems.InvalidValue, "/b", $"is a {Describe(b)}, a is a {Describe(a)}: they cannot be one",
                    request.B.ToString()));
            allErrors.AddRange(errors.Select(e => e with { Row = row }));
            if (errors.Count == 0)
                decisions.Add(new()
                {
                    Decision = request.Decision!, A = a!.FirstEditionId, B = b?.FirstEditionId, Rank = request.Rank,
                    RankBefore = request.IsRank() ? request.RankBefore : null, DecidedBy = request.DecidedBy, Reason = request.Reason,
                });
        }
        return (decisions, allErrors);

        ClaimRow? Find(ClaimName? name, long? number, string pointer, List<ProblemError> errors)
        {
            if ((name is null ? byNumber.GetValueOrDefault(number!.Value) : byName[name].FirstOrDefault()) is { } claim) return claim;
            errors.Add(name is null
                ? ProblemError.InBody(Problems.UnknownKey, pointer, $"there is no fact or claim {number}", number.ToString())
                : ProblemError.InBody(Problems.UnknownKey, pointer + "_external_id", $"the article '{name.Article}' has no such claim that counts",
                    name.ExternalId));
            return null;
        }
    }

    static bool IsCumulative(ClaimRow delivery) => delivery.QuantityBasis == "cumulative";

    static string Describe(ClaimRow delivery) => IsCumulative(delivery) ? "cumulative total" : "delivery";

    /// <summary>Records the decisions in their order, as one change.</summary>
    public static async Task RecordAsync(
        FactsContext database, FactProjector projector, ChangeLog changes, ChangeRecord change, IReadOnlyList<DecisionRow> decisions, CancellationToken cancel)
    {
        var rankDecisions = decisions.Where(d => d.Rank is not null).ToList();
        var rankedIds = rankDecisions.Select(d => d.A).ToArray();
        await ClaimVersions.LockArticlesAsync(database, rankedIds, cancel);
        var partitions = await PartitionsAsync(database, decisions, cancel);
        var writeSet = await projector.LockAsync([.. partitions.SelectMany(s => s).Distinct()], cancel);
        var claims = await ClaimVersions.CurrentAsync(database, rankedIds, cancel);
        // Another writer may have withdrawn a claim since it was found.
        if (rankDecisions.Exists(d => !claims.ContainsKey(d.A))) throw new WriteConflictException();
        var ranks = claims.ToDictionary(c => c.Key, c => c.Value.Rank);
        foreach (var decision in rankDecisions)
        {
            decision.RankBefore ??= ranks[decision.A];
            ranks[decision.A] = decision.Rank!;
        }
        foreach (var (decision, id) in decisions.Zip(await database.ReserveAsync("decisions_id_seq", decisions.Count, cancel)))
        {
            // The time of the write is known only at its end; until then no other transaction sees the row.
            (decision.Id, decision.RecordedAt) = (id, DateTimeOffset.MaxValue);
            change.AddResource("decisions", id, "created");
        }
        await database.CopyInAsync(decisions, cancel);
        await ClaimVersions.RankAsync(database, change, claims.Select(c => (c.Value, ranks[c.Key])), cancel);
        var links = decisions.Where(d => d.B is not null)
            .SelectMany(d => partitions[d.A].Concat(partitions[d.B!.Value]), (d, partition) => (partition, $"k:decision:{d.Id}"));
        await Partitions.LinkAsync(database, [.. links], cancel);
        await projector.RefreshAsync(change, writeSet, cancel);
        await changes.AppendAsync(change, cancel);
        var ids = decisions.Select(d => d.Id).ToArray();
        await database.Set<DecisionRow>().Where(d => ids.Contains(d.Id))
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.RecordedAt, change.RecordedAt), cancel);
    }

    /// <summary>Undoes a decision that is in force, as one change.</summary>
    public static async Task UndoAsync(
        FactsContext database, FactProjector projector, ChangeLog changes, ChangeRecord change, DecisionRow decision, CancellationToken cancel)
    {
        var rankedIds = decision.Rank is null ? [] : new[] { decision.A };
        await ClaimVersions.LockArticlesAsync(database, rankedIds, cancel);
        var writeSet = await projector.LockAsync([.. (await PartitionsAsync(database, [decision], cancel)).SelectMany(s => s).Distinct()], cancel);
        var claims = await ClaimVersions.CurrentAsync(database, rankedIds, cancel);
        var rankDecisions = decision.Rank is null ? []
            : await database.Set<DecisionRow>().AsNoTracking().Where(d => d.A == decision.A && d.Rank != null).ToListAsync(cancel);
        decision.UndoneAt = DateTimeOffset.MaxValue;
        await database.SaveChangesAsync(cancel);
        await ClaimVersions.RankAsync(database, change, claims.Values.Select(c => (c, RankAfterUndo.Without(decision, rankDecisions))), cancel);
        await projector.RefreshAsync(change, writeSet, cancel);
        change.AddResource("decisions", decision.Id, "changed");
        await changes.AppendAsync(change, cancel);
        decision.UndoneAt = change.RecordedAt;
        await database.SaveChangesAsync(cancel);
    }

    /// <summary>The partitions in which any edition of the decisions' claims is or was, by first edition.</summary>
    public static async Task<ILookup<long, string>> PartitionsAsync(FactsContext database, IEnumerable<DecisionRow> decisions, CancellationToken cancel)
    {
        var ids = decisions.SelectMany(d => new[] { d.A, d.B }).OfType<long>().Distinct().ToArray();
        return (await database.Set<ClaimRow>().Where(c => ids.Contains(c.Id) || c.FirstEditionId != c.Id && ids.Contains(c.FirstEditionId))
            .Select(c => new { c.FirstEditionId, c.Partition }).Distinct().ToListAsync(cancel)).ToLookup(c => c.FirstEditionId, c => c.Partition);
    }

    static async Task<ILookup<ClaimName, ClaimRow>> ReadByNameAsync(
        FactsContext database, IReadOnlyList<(int? Row, DecisionRequest Request)> requests, CancellationToken cancel)
    {
        var names = requests.SelectMany(r => new[] { r.Request.ClaimA(), r.Request.ClaimB() }).OfType<ClaimName>().ToList();
        var articles = names.Select(n => n.Article).Distinct().ToArray();
        var externalIds = names.Select(n => n.ExternalId).Distinct().ToArray();
        var claims = names.Count == 0 ? [] : await ClaimResponse.All(database)
            .Where(c => c.Claim.SupersededIn == null && externalIds.Contains(c.Claim.ExternalId)
                && (articles.Contains(c.Article.ExternalId!) || c.Article.ExternalId == null && articles.Contains(c.Article.Url!))).ToListAsync(cancel);
        return claims.ToLookup(c => new ClaimName(c.Article.ExternalId ?? c.Article.Url!, c.Claim.ExternalId), c => c.Claim);
    }

    static async Task<Dictionary<long, ClaimRow>> ReadByNumberAsync(
        FactsContext database, IReadOnlyList<(int? Row, DecisionRequest Request)> requests, CancellationToken cancel)
    {
        var numbers = requests.SelectMany(r => new[] { r.Request.A, r.Request.B }).OfType<long>().Distinct().ToArray();
        return await database.Set<ClaimRow>().AsNoTracking().Where(c => numbers.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
    }

    /// <summary>Errors where the decision does not suit the kinds of its two facts. A fact may be named by any claim about it.</summary>
    static List<ProblemError> CheckKinds(DecisionRequest request, ClaimRow claimA, ClaimRow claimB)
    {
        var (a, b) = (KindOfFact(claimA), KindOfFact(claimB));
        var isLink = EnumWords.Parse<DecisionKind>(request.Decision) is DecisionKind.Link or DecisionKind.Unlink;
        List<ProblemError> errors = [];
        if (isLink && a != FactKind.Delivery) errors.Add(At("/a", request.A, $"is a {EnumWords.ToWord(a)}; a is the delivery"));
        if (isLink && b != FactKind.Commitment) errors.Add(At("/b", request.B, $"is a {EnumWords.ToWord(b)}; b is the commitment"));
        if (!isLink && a != b) errors.Add(At("/b", request.B, $"is a {EnumWords.ToWord(b)}, a is a {EnumWords.ToWord(a)}: only facts of one kind can be one"));
        if (claimA.FirstEditionId == claimB.FirstEditionId) errors.Add(At("/b", request.B, "is the same as a"));
        return errors;

        static ProblemError At(string pointer, long? value, string message) => ProblemError.InBody(Problems.InvalidValue, pointer, message, value.ToString());

        static FactKind KindOfFact(ClaimRow claim) => EnumWords.Parse<ClaimKind>(claim.Kind)!.Value switch
        {
            ClaimKind.Request => FactKind.Request,
            ClaimKind.Delivery => FactKind.Delivery,
            ClaimKind.Assessment when claim.Delivery is not null => FactKind.Delivery,
            ClaimKind.Assessment when claim.Commitment is null => FactKind.Request,
            ClaimKind.Pledge or ClaimKind.Amendment or ClaimKind.Cancellation or ClaimKind.Assessment => FactKind.Commitment,
            var other => throw new InvalidOperationException($"A stored claim has an unknown kind: {other}"),
        };
    }
}
