using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Review;

internal static class ReviewEndpoints
{
    public static void MapReview(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/review", ListAsync).Documented(Pair.Fields, new("listReview", "review", "List what may be the same")
        {
            Description = "Pairs of facts that may be one and are not certain enough to be merged: why, what each is, and its claims. One decision settles a pair: merge makes them one, split keeps them apart.",
        });
        routes.MapGet("/v1/review/decisions", DecisionsAsync).Documented(Made, new("listDecisions", "review", "List decisions") { Description = "Undone ones too." });
        routes.MapGet("/v1/review/decisions/{id}", DecisionAsync).Documented(new("getDecision", "review", "Get a decision")
        {
            Path = [new("id", WireType.Whole, "Number of the decision.") { Example = "1" }],
            Description = "What was decided of two facts, by whom and why; an undone one too.",
            Answer = Made.Shape(),
            Errors = [Problems.NotFound],
        });
        routes.MapPost("/v1/review/decisions", DecideAsync).Requires(KeyScope.Edit).Documented(new("createDecision", "review", "Settle a pair")
        {
            Description = "Merges two facts, keeps them apart, or links or unlinks a delivery and a commitment. Overrules what the rules say, until it is undone.",
            Body = typeof(DecisionRequest),
            Examples = [("two facts are one", """{"decision":"merge","a":45,"b":48,"decided_by":"an editor","reason":"the same system, told twice"}""")],
            Answer = Made.Shape(),
            Status = StatusCodes.Status201Created,
            Errors = [Problems.UnknownKey],
        });
        routes.MapDelete("/v1/review/decisions/{id}", UndoAsync).Requires(KeyScope.Edit).Documented(new("undoDecision", "review", "Undo a decision")
        {
            Path = [new("id", WireType.Whole, "Number of the decision.") { Example = "1" }],
            Description = "From now on the rules decide again; `known_at` before still shows it.",
            Answer = Made.Shape(),
            Errors = [Problems.NotFound],
        });
    }

    static readonly ListFields<DecisionRow> Made = new ListFields<DecisionRow>("Decision")
        .Id("id", d => d.Id, "Number of the decision.")
        .Field("decision", d => d.Decision, "What was decided.", facet: true, words: Words.All<DecisionKind>())
        .Field("a", d => d.A, "A claim of the one fact; of a link the delivery's.")
        .Field("b", d => d.B, "A claim of the other; of a link the commitment's.")
        .Field("decided_by", d => d.DecidedBy, "Who decided.")
        .Field("reason", d => d.Reason, "Why.")
        .Field("recorded_at", d => d.RecordedAt, "When (UTC).")
        .Field("undone_at", d => d.UndoneAt, "When it was undone; null while it holds.");

    static Task<IResult> ListAsync(HttpContext http, FactsContext database, CancellationToken cancel) =>
        Pair.Fields.AnswerAsync(http, async (_, token) =>
        {
            var items = (await CatalogueStore.ReadAsync(database, token)).Tree;
            var resolution = await StandingsReader.ResolvedAsync(database, new Evidence(), VaguePolicy.Acled, items, null, null, token);
            return new ListSource<Pair>(resolution.Candidates.Select(Pair.Of).AsQueryable());
        }, cancel);

    static Task<IResult> DecisionsAsync(HttpContext http, FactsContext database, CancellationToken cancel) =>
        Made.AnswerAsync(http, _ => database.Set<DecisionRow>().AsNoTracking(), cancel);

    static async Task<IResult> DecisionAsync(HttpContext http, string id, FactsContext database, CancellationToken cancel)
    {
        var decision = long.TryParse(id, out var number) ? await database.Set<DecisionRow>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == number, cancel) : null;
        return decision is null ? NotFound(id) : Made.Item(http, decision, Version(decision));
    }

    static async Task<IResult> DecideAsync(HttpContext http, FactsContext database, Ledger.Ledger ledger, CancellationToken cancel)
    {
        if (Parameters.Read(http).Problem is { } wrong) return wrong;
        var (request, problem, _) = await JsonBody.ReadAsync(http, cancel, new DecisionRequestValidator());
        if (problem is not null) return problem;
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        var change = await ledger.BeginAsync(ChangeKind.Decision, cancel);
        var claims = await database.Set<ClaimRow>().AsNoTracking().Where(c => c.Id == request!.A || c.Id == request.B).ToListAsync(cancel);
        if (new[] { ("/a", request!.A), ("/b", request.B) }.Where(x => claims.All(c => c.Id != x.Item2)).ToList() is { Count: > 0 } missing)
            return Problem.Of([.. missing.Select(m => ProblemError.InBody(Problems.UnknownKey, m.Item1, $"there is no fact or claim {m.Item2}", m.Item2.ToString()))]);
        if (Unfit(request!, claims) is { } unfit) return unfit;
        var decision = new DecisionRow
        {
            Decision = request.Decision!, A = claims.Single(c => c.Id == request.A).Root, B = claims.Single(c => c.Id == request.B).Root,
            DecidedBy = request.DecidedBy, Reason = request.Reason, RecordedAt = DateTimeOffset.MaxValue,
        };
        var scopes = await ScopesAsync(database, decision, cancel);
        var held = await ledger.LockAsync(scopes, cancel);
        database.Add(decision);
        await database.SaveChangesAsync(cancel);
        await Neighbourhoods.TieAsync(database, scopes, $"k:decision:{decision.Id}", cancel);
        await ledger.RefreshAsync(change, held, (await CatalogueStore.ReadAsync(database, cancel)).Tree, cancel);
        change.Touched("decisions", decision.Id, "created");
        await ledger.EndAsync(change, cancel);
        decision.RecordedAt = change.RecordedAt;
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Made.Created(http, decision, Version(decision), $"/v1/review/decisions/{decision.Id}");
    }

    static async Task<IResult> UndoAsync(HttpContext http, string id, FactsContext database, Ledger.Ledger ledger, CancellationToken cancel)
    {
        if (Parameters.Read(http).Problem is { } wrong) return wrong;
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        var change = await ledger.BeginAsync(ChangeKind.Decision, cancel);
        var decision = long.TryParse(id, out var number) ? await database.Set<DecisionRow>().SingleOrDefaultAsync(d => d.Id == number, cancel) : null;
        if (decision is null) return NotFound(id);
        if (decision.UndoneAt is null)
        {
            decision.UndoneAt = DateTimeOffset.MaxValue;
            var held = await ledger.LockAsync(await ScopesAsync(database, decision, cancel), cancel);
            await database.SaveChangesAsync(cancel);
            await ledger.RefreshAsync(change, held, (await CatalogueStore.ReadAsync(database, cancel)).Tree, cancel);
            change.Touched("decisions", decision.Id, "changed");
            await ledger.EndAsync(change, cancel);
            decision.UndoneAt = change.RecordedAt;
            await database.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }

        return Made.Written(decision, StatusCodes.Status200OK);
    }

    /// <summary>A decision changes once at the most: when it is undone.</summary>
    static long Version(DecisionRow decision) => decision.UndoneAt is null ? 1 : 2;

    static Problem NotFound(string id) => Problems.NotFound.Because($"there is no decision '{id}'");

    /// <summary>Where any edition of the two claims counts or counted.</summary>
    static Task<List<string>> ScopesAsync(FactsContext database, DecisionRow decision, CancellationToken cancel)
    {
        long[] roots = [decision.A, decision.B];
        return database.Set<ClaimRow>().Where(c => roots.Contains(c.Id) || c.Root != c.Id && roots.Contains(c.Root)).Select(c => c.Scope).Distinct().ToListAsync(cancel);
    }

    /// <summary>What a decision is about must be such things as it can be about; a fact may be named by any claim about it.</summary>
    static Problem? Unfit(DecisionRequest request, List<ClaimRow> claims)
    {
        var (a, b) = (About(claims.Single(c => c.Id == request.A)), About(claims.Single(c => c.Id == request.B)));
        var linking = Words.Parse<DecisionKind>(request.Decision) is DecisionKind.Link or DecisionKind.Unlink;
        List<ProblemError> errors = [];
        if (linking && a != FactKind.Delivery) errors.Add(At("/a", request.A, $"is a {Words.Of(a)}; a is the delivery"));
        if (linking && b != FactKind.Commitment) errors.Add(At("/b", request.B, $"is a {Words.Of(b)}; b is the commitment"));
        if (!linking && a != b) errors.Add(At("/b", request.B, $"is a {Words.Of(b)}, a is a {Words.Of(a)}: only facts of one kind can be one"));
        return errors.Count == 0 ? null : Problem.Of([.. errors]);

        static ProblemError At(string pointer, long? value, string message) => ProblemError.InBody(Problems.InvalidValue, pointer, message, value.ToString());

        static FactKind About(ClaimRow claim) => Words.Parse<ClaimKind>(claim.Kind)!.Value switch
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
