using Facts.Api.Access;
using Facts.Api.Changes;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Facts.Api.Review;

internal static class ReviewEndpoints
{
    public static void MapReview(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/review", ListAsync).WithOperation(CandidateListSchema.Fields, new("listReview", "review", "List what may be the same")
        {
            Description = "Pairs of facts that may be one and are not certain enough to be merged: why, what each is, and its claims. One decision settles a pair: merge makes them one, split keeps them apart. "
                + $"A fact is listed beside the next {Candidates.MaxNearMisses} that it nearly is; when those are settled, further ones follow.",
        });
        routes.MapGet("/v1/review/decisions", DecisionsAsync).WithOperation(DecisionView.Fields, new("listDecisions", "review", "List decisions")
        {
            Description = "Undone ones too. As NDJSON it is a file to be recorded in another store, which knows the claims by the same names.",
        });
        routes.MapGet("/v1/review/decisions/{id}", DecisionAsync).WithOperation(new("getDecision", "review", "Get a decision")
        {
            Path = [new("id", WireType.Whole, "Number of the decision.") { Example = "1" }],
            Description = "What was decided, by whom and why; an undone one too.",
            Answer = DecisionView.Fields.Shape(),
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();
        routes.MapPost("/v1/review/decisions", DecideAsync).Requires(KeyScope.Edit).WithOperation(new("createDecision", "review", "Settle a pair")
        {
            Description = "Merges two facts, keeps them apart, links or unlinks a delivery and a commitment, or ranks a claim among rivals. Overrules what the rules say, until it is undone.",
            Body = typeof(DecisionRequest),
            Examples =
            [
                ("two facts are one", """{"decision":"merge","a":41,"b":42,"decided_by":"an editor","reason":"the same system, told twice"}"""),
                ("a claim is preferred", """{"decision":"rank","a":21,"rank":"preferred","decided_by":"an editor","reason":"the ministry's own list"}"""),
            ],
            Answer = DecisionView.Fields.Shape(),
            Status = StatusCodes.Status201Created,
            Errors = [Problems.UnknownKey],
        }).ValidatesParameters();
        routes.MapPost("/v1/review/decisions/load", LoadAsync).Requires(KeyScope.Edit).WithOperation(new("loadDecisions", "review", "Record decisions of another store")
        {
            Description = "NDJSON as the list of decisions gives it, recorded in its order, all or none. Claims are found by the names of their article and their own; numbers of the other store mean nothing here. "
                + "What was undone there, or is about claims that count no more, is left out; what is in force here already is not recorded again.",
            Body = typeof(DecisionRequest),
            Consumes = ["application/x-ndjson"],
            TextExamples = [("application/x-ndjson", "two facts are one", Example)],
            Answer = typeof(DecisionReport),
            Errors = [Problems.UnknownKey],
        }).ValidatesParameters();
        routes.MapDelete("/v1/review/decisions/{id}", UndoAsync).Requires(KeyScope.Edit).WithOperation(new("undoDecision", "review", "Undo a decision")
        {
            Path = [new("id", WireType.Whole, "Number of the decision.") { Example = "1" }],
            Description = "From now on the rules decide again, a claim is ranked as before; `known_at` before still shows it. Needs If-Match.",
            Answer = DecisionView.Fields.Shape(),
            Errors = [Problems.NotFound, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
        routes.MapPatch("/v1/claims/{id}", RankAsync).Requires(KeyScope.Edit).WithOperation(new("rankClaim", "claims", "Rank a claim")
        {
            Path = [new("id", WireType.Whole, "Number of the claim.") { Example = "21" }],
            Description = "An editor's word among rivals: `preferred`, `normal` or `deprecated`. Gives a new edition of the claim; the old one stays for `known_at`. "
                + "It is recorded among the decisions, with who and why, and can be undone there. Needs If-Match.",
            Body = typeof(RankRequest),
            Examples = [("prefer it", """{"rank":"preferred","decided_by":"an editor","reason":"the ministry's own list"}""")],
            Answer = ClaimView.Fields.Shape(),
            Errors = [Problems.NotFound, Problems.Conflict, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
    }

    const string Example =
        """{"decision":"merge","a_article":"https://www.irishtimes.com/world/europe/2025/08/01/germany-to-deliver-two-patriot-systems-to-ukraine-in-deal-with-us/","a_external_id":"irishtimes-2025-08-01:2","b_article":"https://euromaidanpress.com/2025/11/02/germany-sends-patriot-systems/","b_external_id":"euromaidanpress-2025-11-02:1","reason":"the same system, told twice"}""";

    static Task<IResult> ListAsync(HttpContext http, FactsContext database, CatalogueCache catalogues, TimeProvider clock, CancellationToken cancel) =>
        CandidateListSchema.Fields.AnswerAsync(http, async (_, token) => new ListSource<CandidateRow>(await PairsAsync(http, database, catalogues, clock, token))
        {
            Complete = (pairs, t) => CandidateListSchema.CompleteAsync(database, pairs, t),
        }, cancel);

    // As kept; where that is not kept now, as the claims say.
    static async Task<IQueryable<CandidateRow>> PairsAsync(HttpContext http, FactsContext database, CatalogueCache catalogues, TimeProvider clock, CancellationToken cancel)
    {
        if (await ProjectionCoverage.CoversAsync(database, clock.Today, null, cancel)) return database.Set<CandidateRow>().AsNoTracking();
        var items = (await catalogues.ReadAsync(http, cancel)).Tree;
        var resolution = await HistoricalFacts.ResolveAsync(database, new ClaimSelection(), VaguePolicy.Acled, items, NameFilter.All, cancel);
        return CandidateRow.From(resolution.Candidates).AsQueryable();
    }

    static Task<IResult> DecisionsAsync(HttpContext http, FactsContext database, CancellationToken cancel) =>
        DecisionView.Fields.AnswerAsync(http, _ => DecisionView.All(database), cancel);

    static async Task<IResult> DecisionAsync(HttpContext http, string id, FactsContext database, CancellationToken cancel)
    {
        var decision = long.TryParse(id, out var number) ? await DecisionView.All(database).SingleOrDefaultAsync(d => d.Decision.Id == number, cancel) : null;
        return decision is null ? NotFound(id) : DecisionView.Fields.Item(http, decision, Version(decision.Decision));
    }

    static async Task<IResult> DecideAsync(HttpContext http, FactsContext database, FactProjector projector, CancellationToken cancel)
    {
        var (request, problem, _) = await JsonBody.ReadAsync(http, cancel, new DecisionRequestValidator());
        return problem ?? await WriteRetry.RunAsync<IResult>(database, async () =>
        {
            await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
            var change = await projector.BeginAsync(ChangeKind.Decision, cancel);
            var (found, errors) = await DecisionWriter.FindAsync(database, [(null, request!)], cancel);
            if (errors.Count > 0) return Problem.From([.. errors]);
            await DecisionWriter.RecordAsync(database, projector, change, found, cancel);
            var decision = await DecisionView.All(database).SingleAsync(d => d.Decision.Id == found[0].Id, cancel);
            await transaction.CommitAsync(cancel);
            return DecisionView.Fields.Created(http, decision, Version(decision.Decision), $"/v1/review/decisions/{found[0].Id}");
        }, cancel);
    }

    /// <summary>All or none of them. One that is in force here already, counted as often as it was made, is not recorded again.</summary>
    static async Task<IResult> LoadAsync(HttpContext http, FactsContext database, FactProjector projector, CancellationToken cancel)
    {
        if (NotLines(http.Request) is { } other) return other;
        var (bytes, problem) = await Body.ReadAsync(http, MaxBytes, cancel);
        if (problem is not null) return problem;
        if (bytes.IsEmpty) return Problems.EmptyBody.Because("the body is empty; decisions are expected, one to the line");
        var (lines, wrong) = ImportedDecision.Read(bytes);
        if (wrong.Count > 0) return Problem.From([.. wrong]);
        return await WriteRetry.RunAsync<IResult>(database, async () =>
        {
            await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
            var change = await projector.BeginAsync(ChangeKind.Decision, cancel);
            var (found, errors) = await DecisionWriter.FindAsync(database, [.. lines.Where(l => !l.Line.DoesNothing()).Select(l => ((int?)l.Row, (DecisionRequest)l.Line))], cancel);
            if (errors.Count > 0) return Problem.From([.. errors]);
            var inForce = (await database.Set<DecisionRow>().AsNoTracking().Where(d => d.UndoneAt == null).ToListAsync(cancel)).CountBy(Said).ToDictionary();
            var added = found.Where(d => (inForce[Said(d)] = inForce.GetValueOrDefault(Said(d)) - 1) < 0).ToList();
            if (added.Count > 0)
            {
                await DecisionWriter.RecordAsync(database, projector, change, added, cancel);
                await transaction.CommitAsync(cancel);
            }
            return Results.Json(new DecisionReport(lines.Count, added.Count, found.Count - added.Count, lines.Count - found.Count), Json.Options);
        }, cancel);

        static (string, long, long?, string?) Said(DecisionRow decision) => (decision.Decision, decision.A, decision.B, decision.Rank);
    }

    /// <summary>Some ten thousand decisions with their reasons.</summary>
    const int MaxBytes = 8 << 20;

    static readonly string[] Lines = ["application/x-ndjson", "application/ndjson", "application/json", "application/octet-stream", "application/x-www-form-urlencoded"];

    static Problem? NotLines(HttpRequest request) =>
        string.IsNullOrEmpty(request.ContentType) || MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && Lines.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase) ? null
            : Problems.UnsupportedMediaType.Because($"decisions are sent one to the line, with 'Content-Type: {Lines[0]}'").With("Accept-Post", Lines[0]);

    static async Task<IResult> UndoAsync(HttpContext http, string id, FactsContext database, FactProjector projector, CancellationToken cancel)
    {
        return await WriteRetry.RunAsync<IResult>(database, async () =>
        {
            await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
            var change = await projector.BeginAsync(ChangeKind.Decision, cancel);
            var decision = long.TryParse(id, out var number) ? await database.Set<DecisionRow>().SingleOrDefaultAsync(d => d.Id == number, cancel) : null;
            if (decision is null) return NotFound(id);
            if (Conditional.MayChange(http, Version(decision)) is { } refused) return refused;
            if (decision.UndoneAt is null)
            {
                await DecisionWriter.UndoAsync(database, projector, change, decision, cancel);
                await transaction.CommitAsync(cancel);
            }
            http.Response.Headers.ETag = Conditional.ItemTag(Version(decision));
            return DecisionView.Fields.ToJsonResult(await DecisionView.All(database).SingleAsync(d => d.Decision.Id == decision.Id, cancel), StatusCodes.Status200OK);
        }, cancel);
    }

    static async Task<IResult> RankAsync(HttpContext http, string id, FactsContext database, FactProjector projector, CancellationToken cancel)
    {
        var (request, problem, _) = await JsonBody.ReadAsync(http, cancel, new RankRequestValidator());
        return problem ?? await WriteRetry.RunAsync<IResult>(database, async () =>
        {
            await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
            // Nobody else gives it another edition between the look at it and the change.
            if (long.TryParse(id, out var number)) await ClaimVersions.LockArticlesAsync(database, [number], cancel);
            var (claim, refused) = await ClaimEndpoints.ToChangeAsync(http, id, database, cancel);
            if (claim is null) return refused!;
            var root = claim.Claim.FirstEditionId;
            if (claim.Claim.Rank != request!.Rank)
            {
                var change = await projector.BeginAsync(ChangeKind.Rank, cancel);
                var decision = new DecisionRow { Decision = EnumWords.ToWord(DecisionKind.Rank), A = root, Rank = request.Rank, DecidedBy = request.DecidedBy, Reason = request.Reason };
                await DecisionWriter.RecordAsync(database, projector, change, [decision], cancel);
            }
            var ranked = (await ClaimVersions.CurrentAsync(database, [root], cancel))[root].Id;
            var now = await ClaimView.All(database).SingleAsync(c => c.Claim.Id == ranked, cancel);
            await transaction.CommitAsync(cancel);
            return ClaimEndpoints.Changed(http, now);
        }, cancel);
    }

    /// <summary>A decision changes once at the most: when it is undone.</summary>
    static long Version(DecisionRow decision) => decision.UndoneAt is null ? 1 : 2;

    static Problem NotFound(string id) => Problems.NotFound.Because($"there is no decision '{id}'");
}
