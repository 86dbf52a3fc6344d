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
        routes.MapGet("/v1/review", ListAsync).Documented(Candidates, new("listReview", "review", "List what may be the same")
        {
            Description = "Pairs of facts that may be one and are not certain enough to be merged, and why. One decision settles a pair.",
        });
        routes.MapGet("/v1/review/decisions", DecisionsAsync).Documented(Made, new("listDecisions", "review", "List decisions") { Description = "Undone ones too." });
        routes.MapPost("/v1/review/decisions", DecideAsync).RequireWriteKey().Documented(new("createDecision", "review", "Settle a pair")
        {
            Description = "Merges two facts, keeps them apart, or links or unlinks a delivery and a commitment. Overrules what the rules say, until it is undone.",
            Body = typeof(DecisionRequest),
            Examples = [("two facts are one", """{"decision":"merge","a":45,"b":48,"decided_by":"an editor","reason":"the same system, told twice"}""")],
            Answer = Made.Shape(),
            Status = StatusCodes.Status201Created,
            Errors = [Problems.UnknownKey],
        });
        routes.MapDelete("/v1/review/decisions/{id}", UndoAsync).RequireWriteKey().Documented(new("undoDecision", "review", "Undo a decision")
        {
            Path = [new("id", WireType.Whole, "Number of the decision.") { Example = "1" }],
            Description = "From now on the rules decide again; `known_at` before still shows it.",
            Answer = Made.Shape(),
            Errors = [Problems.NotFound],
        });
    }

    /// <summary>A pair, as it is listed.</summary>
    sealed record Pair(string Id, string Kind, string Reason, long A, long B, long? Claim, string Recipient, string? Unit);

    static readonly ListFields<Pair> Candidates = new ListFields<Pair>("Candidate")
        .Id("id", p => p.Id, "Names the pair.")
        .Field("kind", p => p.Kind, "What the facts are.", facet: true, words: Words.All<FactKind>())
        .Field("reason", p => p.Reason, "Why they might be one.", facet: true, words: Words.All<CandidateReason>())
        .Field("a", p => p.A, "Number of the one fact.")
        .Field("b", p => p.B, "Number of the other.")
        .Field("claim", p => p.Claim, "A pledge of what remains, that fits both and is in neither.")
        .Field("recipient", p => p.Recipient, "Who receives.", facet: true)
        .Field("unit", p => p.Unit, "What is counted.", facet: true);

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
        Candidates.AnswerAsync(http, async (_, token) =>
        {
            var items = (await CatalogueStore.ReadAsync(database, token)).Tree;
            var resolution = await StandingsReader.ResolvedAsync(database, new Evidence(), VaguePolicy.Acled, items, null, null, token);
            return new ListSource<Pair>(resolution.Candidates.Select(c => new Pair(
                $"{c.A.Id}-{c.B.Id}{(c.Claim is { } claim ? $"-{claim.Id}" : "")}", Words.Of(c.A.Kind), Words.Of(c.Reason), c.A.Id, c.B.Id, c.Claim?.Id, c.A.Recipient, c.A.Unit)).AsQueryable());
        }, cancel);

    static Task<IResult> DecisionsAsync(HttpContext http, FactsContext database, CancellationToken cancel) =>
        Made.AnswerAsync(http, _ => database.Set<DecisionRow>().AsNoTracking(), cancel);

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
        return Made.Created(http, decision, 1, $"/v1/review/decisions/{decision.Id}");
    }

    static async Task<IResult> UndoAsync(HttpContext http, string id, FactsContext database, Ledger.Ledger ledger, CancellationToken cancel)
    {
        if (Parameters.Read(http).Problem is { } wrong) return wrong;
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        var change = await ledger.BeginAsync(ChangeKind.Decision, cancel);
        var decision = long.TryParse(id, out var number) ? await database.Set<DecisionRow>().SingleOrDefaultAsync(d => d.Id == number, cancel) : null;
        if (decision is null) return Problems.NotFound.Because($"there is no decision '{id}'");
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

    /// <summary>Where any edition of the two claims counts or counted.</summary>
    static Task<List<string>> ScopesAsync(FactsContext database, DecisionRow decision, CancellationToken cancel)
    {
        long[] roots = [decision.A, decision.B];
        return database.Set<ClaimRow>().Where(c => roots.Contains(c.Id) || c.Root != c.Id && roots.Contains(c.Root)).Select(c => c.Scope).Distinct().ToListAsync(cancel);
    }
}
