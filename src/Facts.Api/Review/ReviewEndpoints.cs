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
        routes.MapGet("/v1/review", ListAsync).WithOperation(CandidateListSchema.Fields, new("listReview", "review", "List facts that may be the same")
        {
            Description = "Pairs of facts that may be one, but are not certain enough to be merged: the reason, both facts, their claims, "
                + "and what a decision changes. "
                + "One decision settles a pair: `merge` makes them one fact, `split` keeps them apart, "
                + "`link` gives a delivery to a commitment, `unlink` does not. "
                + $"A fact is listed with the {Candidates.MaxPairs} facts most like it, for each reason; when those pairs are settled, the next ones follow.",
        });
        routes.MapGet("/v1/review/decisions", DecisionsAsync).WithOperation(DecisionListSchema.Fields, new("listDecisions", "review", "List decisions")
        {
            Description = "All decisions, including undone ones. "
                + "The list as NDJSON can be loaded into another store, which finds the claims by their articles and external ids.",
        });
        routes.MapGet("/v1/review/decisions/{id}", DecisionAsync).WithOperation(new("getDecision", "review", "Get a decision")
        {
            Path = [new("id", WireType.Whole, "Number of the decision.") { Example = "1" }],
            Description = "One decision, in force or undone: what was decided, by whom and why.",
            Answer = DecisionListSchema.Fields.Shape(),
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();
        routes.MapPost("/v1/review/decisions", DecideAsync).Requires(KeyScope.Edit).WithOperation(new("createDecision", "review", "Settle a pair")
        {
            Description = "Merges two facts, keeps them apart, links or unlinks a delivery and a commitment, or ranks a claim. "
                + "A decision overrules the automatic rules until it is undone.",
            Body = typeof(DecisionRequest),
            Examples =
            [
                ("two facts are one", """{"decision":"merge","a":41,"b":42,"decided_by":"an editor","reason":"the same system, told twice"}"""),
                ("a claim is preferred", """{"decision":"rank","a":21,"rank":"preferred","decided_by":"an editor","reason":"the ministry's own list"}"""),
            ],
            Answer = DecisionListSchema.Fields.Shape(),
            Status = StatusCodes.Status201Created,
            Errors = [Problems.UnknownKey],
        }).ValidatesParameters();
        routes.MapPost("/v1/review/decisions/load", LoadAsync).Requires(KeyScope.Edit).WithOperation(
            new("loadDecisions", "review", "Record decisions of another store")
            {
                Description = "Takes NDJSON as the list of decisions exports it. Records the decisions in order, all or none. "
                + "Claims are found by article and external id; numbers of the other store mean nothing here. "
                + "A decision that was undone there, or whose claims no longer count there, is left out. "
                + "A decision that is in force here already is not recorded again.",
                Body = typeof(DecisionRequest),
                Consumes = ["application/x-ndjson"],
                TextExamples = [("application/x-ndjson", "two facts are one", Example)],
                Answer = typeof(DecisionReport),
                Errors = [Problems.UnknownKey],
            }).ValidatesParameters();
        routes.MapDelete("/v1/review/decisions/{id}", UndoAsync).Requires(KeyScope.Edit).WithOperation(new("undoDecision", "review", "Undo a decision")
        {
            Path = [new("id", WireType.Whole, "Number of the decision.") { Example = "1" }],
            Description = "From now on the automatic rules decide again, and a claim has its former rank. "
                + "An earlier `known_at` still shows the decision. Needs If-Match.",
            Answer = DecisionListSchema.Fields.Shape(),
            Errors = [Problems.NotFound, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
        routes.MapPatch("/v1/claims/{id}", RankAsync).Requires(KeyScope.Edit).WithOperation(new("rankClaim", "claims", "Rank a claim")
        {
            Path = [new("id", WireType.Whole, "Number of the claim.") { Example = "21" }],
            Description = "Ranks a claim `preferred`, `normal` or `deprecated`. This makes a new edition of the claim; "
                + "an earlier `known_at` still shows the old one. "
                + "The rank is recorded as a decision, with its author and reason, and can be undone there. Needs If-Match.",
            Body = typeof(RankRequest),
            Examples = [("prefer a claim", """{"rank":"preferred","decided_by":"an editor","reason":"the ministry's own list"}""")],
            Answer = ClaimListSchema.Fields.Shape(),
            Errors = [Problems.NotFound, Problems.Conflict, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
    }

    const string Example =
        """{"decision":"merge","a_article":"https://www.irishtimes.com/world/europe/2025/08/01/""" +
        """germany-to-deliver-two-patriot-systems-to-ukraine-in-deal-with-us/","a_external_id":"irishtimes-2025-08-01:2",""" +
        """ "b_article":"https://euromaidanpress.com/2025/11/02/germany-sends-patriot-systems/","b_external_id":"euromaidanpress-2025-11-02:1",""" +
        """ "reason":"the same system, told twice"}""";

    public static Task<IResult> ListAsync(
        HttpContext http, FactsContext database, CatalogueCache catalogues, Computation computation, TimeProvider clock, CancellationToken cancel) =>
        CandidateListSchema.Fields.AnswerAsync(http, async (_, token) => new ListSource<CandidateRow>(
            await PairsAsync(http, database, catalogues, computation, clock, token))
        {
            Complete = (pairs, t) => CandidateListSchema.CompleteAsync(database, pairs, t),
        }, cancel);

    /// <summary>Stored pairs, or pairs computed from the claims where the stored projections do not cover today.</summary>
    static async Task<IQueryable<CandidateRow>> PairsAsync(
        HttpContext http, FactsContext database, CatalogueCache catalogues, Computation computation, TimeProvider clock, CancellationToken cancel)
    {
        if (await ProjectionCoverage.CoversAsync(database, clock.Today, CoverageScope.All, cancel))
            return database.Set<CandidateRow>().AsNoTracking();
        await computation.BeginAsync(cancel);
        var items = (await catalogues.ReadAsync(http, cancel)).Tree;
        var resolution = await HistoricalFacts.ResolveAsync(database, new ClaimSelection(), VaguePolicy.Acled, items, NameFilter.All, cancel);
        return new ProjectedCandidates(resolution.Candidates, TotalRows.Spanning(resolution.Candidates)).Rows.ToList().AsQueryable();
    }

    static Task<IResult> DecisionsAsync(HttpContext http, FactsContext database, CancellationToken cancel) =>
        DecisionListSchema.Fields.AnswerAsync(http, _ => DecisionResponse.All(database), cancel);

    static async Task<IResult> DecisionAsync(HttpContext http, string id, FactsContext database, CancellationToken cancel)
    {
        var decision = ResourceId.TryParse(id, out var number)
            ? await DecisionResponse.All(database).SingleOrDefaultAsync(d => d.Decision.Id == number, cancel) : null;
        return decision is null ? NotFound(id) : DecisionListSchema.Fields.Item(http, decision, Version(decision.Decision));
    }

    static async Task<IResult> DecideAsync(HttpContext http, FactsContext database, FactProjector projector, ChangeLog changes, CancellationToken cancel)
    {
        var (request, problem, _) = await JsonBody.ReadAsync(http, cancel, new DecisionRequestValidator());
        return problem ?? await WriteRetry.RunAsync<IResult>(database, async () =>
        {
            await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
            var change = await changes.BeginAsync(ChangeKind.Decision, cancel);
            var (decisions, errors) = await DecisionWriter.FindAsync(database, [(null, request!)], cancel);
            if (errors.Count > 0) return Problem.From([.. errors]);
            await DecisionWriter.RecordAsync(database, projector, changes, change, decisions, cancel);
            var decision = await DecisionResponse.All(database).SingleAsync(d => d.Decision.Id == decisions[0].Id, cancel);
            await transaction.CommitAsync(cancel);
            return DecisionListSchema.Fields.Created(http, decision, Version(decision.Decision), $"/v1/review/decisions/{decisions[0].Id}");
        }, cancel);
    }

    /// <summary>
    /// Records all of the decisions or none. A decision that is in force here already is skipped, as often as it is in force here.
    /// Example: of three equal lines, two are recorded where one such decision is in force.
    /// </summary>
    static async Task<IResult> LoadAsync(HttpContext http, FactsContext database, FactProjector projector, ChangeLog changes, CancellationToken cancel)
    {
        if (CheckMediaType(http.Request) is { } typeProblem) return typeProblem;
        var (bytes, problem) = await Body.ReadAsync(http, MaxBytes, cancel);
        if (problem is not null) return problem;
        if (bytes.IsEmpty) return Problems.EmptyBody.Because("the body is empty; decisions are expected, one on each line");
        var (lines, lineErrors) = ImportedDecision.Read(bytes);
        if (lineErrors.Count > 0) return Problem.From([.. lineErrors]);
        var requests = lines.Where(l => !l.Line.HasNoEffect()).Select(l => ((int?)l.Row, (DecisionRequest)l.Line)).ToList();
        return await WriteRetry.RunAsync<IResult>(database, async () =>
        {
            await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
            var change = await changes.BeginAsync(ChangeKind.Decision, cancel);
            var (decisions, errors) = await DecisionWriter.FindAsync(database, requests, cancel);
            if (errors.Count > 0) return Problem.From([.. errors]);
            var inForce = await database.Set<DecisionRow>().AsNoTracking().Where(d => d.UndoneAt == null).ToListAsync(cancel);
            var unmatched = inForce.CountBy(Content).ToDictionary();
            var created = decisions.Where(d => (unmatched[Content(d)] = unmatched.GetValueOrDefault(Content(d)) - 1) < 0).ToList();
            if (created.Count > 0)
            {
                await DecisionWriter.RecordAsync(database, projector, changes, change, created, cancel);
                await transaction.CommitAsync(cancel);
            }
            return Results.Json(new DecisionReport(lines.Count, created.Count, decisions.Count - created.Count, lines.Count - decisions.Count), Json.Options);
        }, cancel);

        static (string, long, long?, string?) Content(DecisionRow decision) => (decision.Decision, decision.A, decision.B, decision.Rank);
    }

    /// <summary>8 MiB: about ten thousand decisions with their reasons.</summary>
    const int MaxBytes = 8 << 20;

    static readonly string[] MediaTypes =
    ["application/x-ndjson", "application/ndjson", "application/json", "application/octet-stream", "application/x-www-form-urlencoded",
    ];

    static Problem? CheckMediaType(HttpRequest request) =>
        string.IsNullOrEmpty(request.ContentType)
        || MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && MediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)
            ? null
            : Problems.UnsupportedMediaType.Because($"send one decision on each line, with 'Content-Type: {MediaTypes[0]}'").With("Accept-Post", MediaTypes[0]);

    static async Task<IResult> UndoAsync(
        HttpContext http, string id, FactsContext database, FactProjector projector, ChangeLog changes, CancellationToken cancel)
    {
        return await WriteRetry.RunAsync<IResult>(database, async () =>
        {
            await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
            var change = await changes.BeginAsync(ChangeKind.Decision, cancel);
            var decision = ResourceId.TryParse(id, out var number) ? await database.Set<DecisionRow>().SingleOrDefaultAsync(d => d.Id == number, cancel) : null;
            if (decision is null) return NotFound(id);
            if (Conditional.MayChange(http, Version(decision)) is { } problem) return problem;
            if (decision.UndoneAt is null)
            {
                await DecisionWriter.UndoAsync(database, projector, changes, change, decision, cancel);
                await transaction.CommitAsync(cancel);
            }
            http.Response.Headers.ETag = Conditional.ItemTag(Version(decision));
            var response = await DecisionResponse.All(database).SingleAsync(d => d.Decision.Id == decision.Id, cancel);
            return DecisionListSchema.Fields.ToJsonResult(response, StatusCodes.Status200OK);
        }, cancel);
    }

    static async Task<IResult> RankAsync(
        HttpContext http, string id, FactsContext database, FactProjector projector, ChangeLog changes, CancellationToken cancel)
    {
        var (request, problem, _) = await JsonBody.ReadAsync(http, cancel, new RankRequestValidator());
        return problem ?? await WriteRetry.RunAsync<IResult>(database, async () =>
        {
            await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
            // The lock keeps other writers from making another edition of the claim before this one.
            if (ResourceId.TryParse(id, out var number)) await ClaimVersions.LockArticlesAsync(database, [number], cancel);
            (var claim, problem) = await ClaimEndpoints.ToChangeAsync(http, id, database, cancel);
            if (claim is null) return problem!;
            var firstEdition = claim.Claim.FirstEditionId;
            if (claim.Claim.Rank != request!.Rank)
            {
                var change = await changes.BeginAsync(ChangeKind.Rank, cancel);
                var decision = new DecisionRow
                {
                    Decision = EnumWords.ToWord(DecisionKind.Rank), A = firstEdition, Rank = request.Rank, DecidedBy = request.DecidedBy,
                    Reason = request.Reason,
                };
                await DecisionWriter.RecordAsync(database, projector, changes, change, [decision], cancel);
            }
            var newEdition = (await ClaimVersions.CurrentAsync(database, [firstEdition], cancel))[firstEdition].Id;
            var ranked = await ClaimResponse.All(database).SingleAsync(c => c.Claim.Id == newEdition, cancel);
            await transaction.CommitAsync(cancel);
            return ClaimEndpoints.Changed(http, ranked);
        }, cancel);
    }

    /// <summary>Version of a decision for its ETag. A decision changes at most once: when it is undone.</summary>
    static long Version(DecisionRow decision) => decision.UndoneAt is null ? 1 : 2;

    static Problem NotFound(string id) => Problems.NotFound.Because($"there is no decision '{id}'");
}
