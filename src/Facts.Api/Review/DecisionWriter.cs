using Facts.Api.Changes;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Review;

/// <summary>Records decisions, one or many, and undoes them, with what they amount to.</summary>
internal static class DecisionWriter
{
    /// <summary>Finds the claims that decisions are about; one that is not there, or that nothing like it can be decided of, is an error.</summary>
    public static async Task<(List<DecisionRow> Found, List<ProblemError> Errors)> FindAsync(
        FactsContext database, IReadOnlyList<(int? Row, DecisionRequest Request)> sent, CancellationToken cancel)
    {
        var (named, numbered) = (await NamedAsync(database, sent, cancel), await NumberedAsync(database, sent, cancel));
        var (found, errors) = (new List<DecisionRow>(), new List<ProblemError>());
        var current = await ClaimVersions.CurrentAsync(database, [.. numbered.Values.Select(c => c.FirstEditionId)], cancel);
        foreach (var (row, request) in sent)
        {
            var wrong = new List<ProblemError>();
            var a = Of(request.ClaimA(), request.A, "/a", wrong);
            var b = request.IsRank() ? null : Of(request.ClaimB(), request.B, "/b", wrong);
            if (a is not null && b is not null) wrong.AddRange(Unfit(request, a, b));
            if (request.IsRank() && a is { SupersededIn: not null } && !current.ContainsKey(a.FirstEditionId))
                wrong.Add(ProblemError.InBody(Problems.InvalidValue, "/a", "was withdrawn: a rank is that of a claim that counts", request.A.ToString()));
            // What is claimed of a sum of deliveries is no report of any of them. Decisions of another store are taken over as they are, those that do nothing too.
            if (row is null && request.Decision is "merge" or "split" && a?.Kind == "delivery" && b?.Kind == "delivery" && IsTotal(a) != IsTotal(b))
                wrong.Add(ProblemError.InBody(Problems.InvalidValue, "/b", $"is a {Told(b)}, a is a {Told(a)}: they cannot be one", request.B.ToString()));
            errors.AddRange(wrong.Select(e => e with { Row = row }));
            if (wrong.Count == 0)
                found.Add(new()
                {
                    Decision = request.Decision!, A = a!.FirstEditionId, B = b?.FirstEditionId, Rank = request.Rank, RankBefore = request.IsRank() ? request.RankBefore : null,
                    DecidedBy = request.DecidedBy, Reason = request.Reason,
                });
        }
        return (found, errors);

        ClaimRow? Of(ClaimName? name, long? number, string pointer, List<ProblemError> wrong)
        {
            if ((name is null ? numbered.GetValueOrDefault(number!.Value) : named[name].FirstOrDefault()) is { } claim) return claim;
            wrong.Add(name is null ? ProblemError.InBody(Problems.UnknownKey, pointer, $"there is no fact or claim {number}", number.ToString())
                : ProblemError.InBody(Problems.UnknownKey, pointer + "_external_id", $"the article '{name.Article}' has no such claim that counts", name.ExternalId));
            return null;
        }
    }

    static bool IsTotal(ClaimRow delivery) => delivery.QuantityBasis == "cumulative";

    static string Told(ClaimRow delivery) => IsTotal(delivery) ? "running total" : "delivery";

    /// <summary>Records them in their order, as one change.</summary>
    public static async Task RecordAsync(FactsContext database, FactProjector projector, ChangeRecord change, IReadOnlyList<DecisionRow> decisions, CancellationToken cancel)
    {
        var ranks = decisions.Where(d => d.Rank is not null).ToList();
        await ClaimVersions.LockArticlesAsync(database, [.. ranks.Select(d => d.A)], cancel);
        var partitions = await PartitionsAsync(database, decisions, cancel);
        var held = await projector.LockAsync([.. partitions.SelectMany(s => s).Distinct()], cancel);
        var claims = await ClaimVersions.CurrentAsync(database, [.. ranks.Select(d => d.A)], cancel);
        // Somebody may have withdrawn one meanwhile.
        if (ranks.Exists(d => !claims.ContainsKey(d.A))) throw new WriteConflictException();
        var ranked = claims.ToDictionary(c => c.Key, c => c.Value.Rank);
        foreach (var decision in ranks)
        {
            decision.RankBefore ??= ranked[decision.A];
            ranked[decision.A] = decision.Rank!;
        }
        foreach (var (decision, id) in decisions.Zip(await database.ReserveAsync("decisions_id_seq", decisions.Count, cancel)))
        {
            // As long as nobody can see it.
            (decision.Id, decision.RecordedAt) = (id, DateTimeOffset.MaxValue);
            change.AddResource("decisions", id, "created");
        }
        await database.CopyInAsync(decisions, cancel);
        await ClaimVersions.RankAsync(database, change, claims.Select(c => (c.Value, ranked[c.Key])), cancel);
        var links = decisions.Where(d => d.B is not null).SelectMany(d => partitions[d.A].Concat(partitions[d.B!.Value]), (d, partition) => (partition, $"k:decision:{d.Id}"));
        await Partitions.LinkAsync(database, [.. links], cancel);
        await projector.RefreshAsync(change, held, cancel);
        await projector.EndAsync(change, cancel);
        var ids = decisions.Select(d => d.Id).ToArray();
        await database.Set<DecisionRow>().Where(d => ids.Contains(d.Id)).ExecuteUpdateAsync(d => d.SetProperty(x => x.RecordedAt, change.RecordedAt), cancel);
    }

    /// <summary>Undoes one that is in force, as a change.</summary>
    public static async Task UndoAsync(FactsContext database, FactProjector projector, ChangeRecord change, DecisionRow decision, CancellationToken cancel)
    {
        var ranked = decision.Rank is null ? [] : new[] { decision.A };
        await ClaimVersions.LockArticlesAsync(database, ranked, cancel);
        var held = await projector.LockAsync([.. (await PartitionsAsync(database, [decision], cancel)).SelectMany(s => s).Distinct()], cancel);
        var claims = await ClaimVersions.CurrentAsync(database, ranked, cancel);
        var ranks = decision.Rank is null ? [] : await database.Set<DecisionRow>().AsNoTracking().Where(d => d.A == decision.A && d.Rank != null).ToListAsync(cancel);
        decision.UndoneAt = DateTimeOffset.MaxValue;
        await database.SaveChangesAsync(cancel);
        await ClaimVersions.RankAsync(database, change, claims.Values.Select(c => (c, RankAfterUndo.Without(decision, ranks))), cancel);
        await projector.RefreshAsync(change, held, cancel);
        change.AddResource("decisions", decision.Id, "changed");
        await projector.EndAsync(change, cancel);
        decision.UndoneAt = change.RecordedAt;
        await database.SaveChangesAsync(cancel);
    }

    /// <summary>Where any edition of the claims that decisions are about counts or counted: by first edition.</summary>
    public static async Task<ILookup<long, string>> PartitionsAsync(FactsContext database, IEnumerable<DecisionRow> decisions, CancellationToken cancel)
    {
        var roots = decisions.SelectMany(d => new[] { d.A, d.B }).OfType<long>().Distinct().ToArray();
        return (await database.Set<ClaimRow>().Where(c => roots.Contains(c.Id) || c.FirstEditionId != c.Id && roots.Contains(c.FirstEditionId))
            .Select(c => new { c.FirstEditionId, c.Partition }).Distinct().ToListAsync(cancel)).ToLookup(c => c.FirstEditionId, c => c.Partition);
    }

    static async Task<ILookup<ClaimName, ClaimRow>> NamedAsync(FactsContext database, IReadOnlyList<(int? Row, DecisionRequest Request)> sent, CancellationToken cancel)
    {
        var names = sent.SelectMany(s => new[] { s.Request.ClaimA(), s.Request.ClaimB() }).OfType<ClaimName>().ToList();
        var (articles, own) = (names.Select(n => n.Article).Distinct().ToArray(), names.Select(n => n.ExternalId).Distinct().ToArray());
        var found = names.Count == 0 ? [] : await ClaimView.All(database).Where(c => c.Claim.SupersededIn == null && own.Contains(c.Claim.ExternalId)
            && (articles.Contains(c.Article.ExternalId!) || c.Article.ExternalId == null && articles.Contains(c.Article.Url!))).ToListAsync(cancel);
        return found.ToLookup(c => new ClaimName(c.Article.ExternalId ?? c.Article.Url!, c.Claim.ExternalId), c => c.Claim);
    }

    static async Task<Dictionary<long, ClaimRow>> NumberedAsync(FactsContext database, IReadOnlyList<(int? Row, DecisionRequest Request)> sent, CancellationToken cancel)
    {
        var numbers = sent.SelectMany(s => new[] { s.Request.A, s.Request.B }).OfType<long>().Distinct().ToArray();
        return await database.Set<ClaimRow>().AsNoTracking().Where(c => numbers.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
    }

    /// <summary>What a decision is about must be such things as it can be about; a fact may be named by any claim about it.</summary>
    static List<ProblemError> Unfit(DecisionRequest request, ClaimRow ofA, ClaimRow ofB)
    {
        var (a, b) = (About(ofA), About(ofB));
        var linking = EnumWords.Parse<DecisionKind>(request.Decision) is DecisionKind.Link or DecisionKind.Unlink;
        List<ProblemError> errors = [];
        if (linking && a != FactKind.Delivery) errors.Add(At("/a", request.A, $"is a {EnumWords.ToWord(a)}; a is the delivery"));
        if (linking && b != FactKind.Commitment) errors.Add(At("/b", request.B, $"is a {EnumWords.ToWord(b)}; b is the commitment"));
        if (!linking && a != b) errors.Add(At("/b", request.B, $"is a {EnumWords.ToWord(b)}, a is a {EnumWords.ToWord(a)}: only facts of one kind can be one"));
        if (ofA.FirstEditionId == ofB.FirstEditionId) errors.Add(At("/b", request.B, "is the same as a"));
        return errors;

        static ProblemError At(string pointer, long? value, string message) => ProblemError.InBody(Problems.InvalidValue, pointer, message, value.ToString());

        static FactKind About(ClaimRow claim) => EnumWords.Parse<ClaimKind>(claim.Kind)!.Value switch
        {
            ClaimKind.Request => FactKind.Request,
            ClaimKind.Delivery => FactKind.Delivery,
            ClaimKind.Assessment when claim.Delivery is not null => FactKind.Delivery,
            ClaimKind.Assessment when claim.Commitment is null => FactKind.Request,
            ClaimKind.Pledge or ClaimKind.Amendment or ClaimKind.Cancellation or ClaimKind.Assessment => FactKind.Commitment,
            var other => throw new InvalidOperationException($"A stored kind is none: {other}"),
        };
    }
}
