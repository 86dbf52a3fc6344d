using Facts.Api.Access;
using Facts.Api.Articles;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Claims;

internal static class ClaimEndpoints
{
    public static void MapClaims(this IEndpointRouteBuilder routes)
    {
        // PATCH /v1/claims/{id} is in the route table of Review: a rank is a decision, and Review records decisions. Claims may not use Review.
        routes.MapGet("/v1/claims", ListAsync).WithOperation(ClaimListSchema.Fields, new("listClaims", "claims", "List claims")
        {
            Description = "Claims that count, each with its article and quote; with `known_at` those that counted then. A filter by `superseded_at` or "
                + "`superseded_by` "
                + "includes superseded and withdrawn claims. A filter by `article_status` includes claims of retracted articles.",
        }).KeepsAnswers(KeptAnswers.Counts);
        routes.MapGet("/v1/claims/{id}", GetAsync).WithOperation(new("getClaim", "claims", "Get a claim")
        {
            Path = [new("id", WireType.Whole, "Id of the claim.") { Example = "1" }],
            Query = [ClaimListSchema.Fields.EmbedParameter],
            Description = "One claim as reported. Superseded and withdrawn claims are found too.",
            Answer = ClaimListSchema.Fields.Shape(),
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();
        routes.MapPost("/v1/claims", CreateAsync).Requires(KeyScope.Contribute).WithOperation(new("createClaim", "claims", "Record a claim")
        {
            Description = "Records one claim, and its article if that is new. The same `external_id` with the same content changes nothing; with other "
                + "content the claim "
                + "supersedes the older edition. `warnings` names what is possible but looks wrong, as the report of an import does.",
            Query = CreateParameters,
            Body = typeof(ClaimRequest),
            Examples = [("a pledge", Example)],
            Answer = RecordedClaim.Shape,
            Status = StatusCodes.Status201Created,
            Also = [(StatusCodes.Status200OK, "The claim was stored already, or supersedes an older edition.")],
            Errors = [Problems.Conflict, Problems.UnknownParty, Problems.UnknownItem, Problems.UnknownArticle, Problems.InvalidQuantity, Problems.InvalidDate,
                Problems.Circular],
        }).ValidatesParameters();
        routes.MapDelete("/v1/claims/{id}", WithdrawAsync).Requires(KeyScope.Contribute).WithOperation(new("withdrawClaim", "claims", "Withdraw a claim")
        {
            Path = [new("id", WireType.Whole, "Id of the claim.") { Example = "23" }],
            Description = "Withdraws a claim that was recorded by mistake. It stops counting from now on, and an earlier `known_at` still shows it. "
                + "Needs If-Match.",
            Answer = ClaimListSchema.Fields.Shape(),
            Errors = [Problems.NotFound, Problems.Conflict, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
    }

    const string Example =
        """
        {"external_id":"example-1","article_url":"https://example.org/pledge","article_publisher":"Example","article_published_on":"2024-12-04",
         "kind":"pledge","donors":["DEU"],"recipient":"UKR","items":["IRIS-T"],"quantity":2,"unit":"system","due_on":"../2024-12-31"}
        """;

    static readonly ParameterSpec[] CreateParameters =
    [
        new("create_missing", WireType.Word<CreateMissing>(), "Create parties and items that are unknown (`true`), or only `parties` or `items`.")
            { Default = "false" },
    ];

    public static Task<IResult> ListAsync(HttpContext http, FactsContext database, CatalogueCache catalogues, CancellationToken cancel) =>
        ClaimListSchema.Fields.AnswerAsync(http, async (request, token) =>
        {
            var names = await NameFilter.ReadAsync(http, request.Parameters, token);
            var source = new ListSource<ClaimResponse>(Chosen(ClaimResponse.All(database), request, names))
            {
                Counted = Chosen(ClaimResponse.Counted(database), request, names, database.Set<ArticleRow>().Where(a => a.RetractedAt != null)),
                Sample = percent => Chosen(ClaimResponse.Sample(database, percent), request, names),
                Embed = ClaimResponse.Embedded,
                Labels = (field, values, t) => catalogues.LabelsAsync(http, field, values, t),
            };
            return request.Parameters.Text("q") is not { } text ? source
                : await source.WithWordsAsync(database, await SearchWord.ReadAsync(database, await catalogues.ReadAsync(http, token), text, token),
                    request.IsWhole, !request.IsKnownAtGiven && !AreSuperseded(request), token);
        }, cancel, (request, token) => ReadPageAsync(database, http.RequestServices.GetRequiredService<ReadSource>(), catalogues, request, token));

    /// <summary>Reads a page with the catalogue as it was read last; null where the store has another version by now, and for a search by words.</summary>
    static async Task<(long Version, List<ClaimResponse> Rows)?> ReadPageAsync(
        FactsContext database, ReadSource source, CatalogueCache catalogues, ListRequest<ClaimResponse> request, CancellationToken cancel)
    {
        if (request.Parameters.Has("q") || NameFilter.ReadLast(request.Parameters, catalogues) is not { } last) return null;
        return await PageReader.ReadAsync(source, request, Chosen(ClaimResponse.All(database), request, last.Names).Filtered(request), last.Version,
            batch => batch.Add(StoreVersion.Statement),
            async (reader, token) =>
            {
                await reader.ReadAsync(token);
                var version = reader.GetInt64(0);
                await reader.NextResultAsync(token);
                return version;
            },
            reader => ClaimResponse.Reader(database, reader), cancel);
    }

    /// <summary>The claims that a request asks for, but for a search by words.</summary>
    /// <param name="claims">All claims.</param>
    /// <param name="request">The request.</param>
    /// <param name="names">The names that it gives, as codes.</param>
    /// <param name="retracted">
    /// To count claims: the retracted articles. They are few, so a claim is compared with them, and its own article need not be read. Null to read claims.
    /// </param>
    static IQueryable<ClaimResponse> Chosen(IQueryable<ClaimResponse> claims, ListRequest<ClaimResponse> request, NameFilter names,
        IQueryable<ArticleRow>? retracted = null)
    {
        var (given, known, day) = (request.IsKnownAtGiven, request.KnownAt!.Value, request.AsOf!.Value);
        if (given) claims = claims.Where(c => c.RecordedAt <= known);
        // PostgreSQL knows how many claims have no change that superseded them, but not how many joined rows have no moment.
        if (!AreSuperseded(request))
            claims = given ? claims.Where(c => c.Claim.SupersededIn == null || c.SupersededAt > known) : claims.Where(c => c.Claim.SupersededIn == null);
        if (!Filters(request, "article_status"))
            claims = given ? claims.Where(c => c.Article.RetractedAt == null || c.Article.RetractedAt > known)
                : retracted is null ? claims.Where(c => c.Article.RetractedAt == null)
                : claims.Where(c => !retracted.Any(a => a.Id == c.Claim.ArticleId));
        if (request.Parameters.Has("as_of")) claims = claims.Where(c => c.Claim.StatedFrom == null ? c.Claim.StatedTo <= day : c.Claim.StatedFrom <= day);
        if (names.Donors is { } donors) claims = claims.Where(c => c.Claim.Donors.Any(d => donors.Contains(d)));
        if (names.Recipients is { } recipients) claims = claims.Where(c => recipients.Contains(c.Claim.Recipient!));
        if (names.Items is { } items) claims = claims.Where(c => c.Claim.Items.Any(i => items.Contains(i)));
        if (names.Units is { } units) claims = claims.Where(c => units.Contains(c.Claim.Unit!));
        return claims;
    }

    static bool AreSuperseded(ListRequest<ClaimResponse> request) => Filters(request, "superseded_at", "superseded_by");

    /// <summary>True if the request filters by one of these fields. Such a filter includes claims that do not count.</summary>
    static bool Filters(ListRequest<ClaimResponse> request, params string[] fields) =>
        request.Http.Request.Query.Keys.Any(k => fields.Contains(k.Split("__")[0], StringComparer.Ordinal));

    static async Task<IResult> GetAsync(HttpContext http, string id, FactsContext database, CancellationToken cancel)
    {
        var claim = ResourceId.TryParse(id, out var number) ? await ClaimResponse.All(database).SingleOrDefaultAsync(c => c.Claim.Id == number, cancel) : null;
        return claim is null ? Problems.NotFound.Because($"there is no claim '{id}'")
            : await ClaimListSchema.Fields.ItemAsync(http, claim, Version(claim.Claim), ClaimResponse.Embedded, cancel);
    }

    static async Task<IResult> CreateAsync(HttpContext http, FactsContext database, ClaimWriter writer, CancellationToken cancel)
    {
        var (request, problem, _) = await JsonBody.ReadAsync<ClaimRequest>(http, cancel);
        if (request is null) return problem!;
        var scopeProblem = ScopeRefusal.Check(http, KeyScope.Edit, "create_missing");
        var createMissing = Parameters.From(http).Word<CreateMissing>("create_missing") ?? CreateMissing.False;
        if (createMissing != CreateMissing.False && scopeProblem is not null) return scopeProblem;
        var options = new WriteOptions(CreateMissing: createMissing) { MayRank = scopeProblem is null };
        var written = await writer.WriteAsync([new(1, request, problem?.Errors ?? [])], options, cancel);
        if (written.Failed > 0) return Problem.From([.. written.Errors.Select(e => e with { Row = null, Column = null })]);
        var claim = written.Written is [var stored]
            ? new ClaimResponse { Claim = stored.Row, Article = stored.Article, RecordedAt = written.RecordedAt!.Value, SupersededAt = null }
            : await ClaimResponse.All(database).SingleAsync(c => c.Claim.Id == written.Ids[0], cancel);
        var isNew = written.Created > 0;
        if (isNew) http.Response.Headers.Location = $"/v1/claims/{claim.Claim.Id}";
        http.Response.Headers.ETag = Conditional.ItemTag(Version(claim.Claim));
        return ListAnswer.ToJsonResult(RecordedClaim.Columns(written.Warnings), claim, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    static async Task<IResult> WithdrawAsync(HttpContext http, string id, FactsContext database, ClaimWriter writer, CancellationToken cancel)
    {
        var (claim, problem) = await ToChangeAsync(http, id, database, cancel);
        if (claim is null) return problem!;
        if (!await writer.WithdrawAsync(claim.Claim, cancel)) return Problems.PreconditionFailed.Because("the claim was superseded or withdrawn meanwhile");
        return Changed(http, await ClaimResponse.All(database).SingleAsync(c => c.Claim.Id == claim.Claim.Id, cancel));
    }

    /// <summary>The claim that a request changes, if it counts and If-Match names its present version. Otherwise the problem.</summary>
    public static async Task<(ClaimResponse? Claim, Problem? Problem)> ToChangeAsync(
        HttpContext http, string id, FactsContext database, CancellationToken cancel)
    {
        var claim = ResourceId.TryParse(id, out var number) ? await ClaimResponse.All(database).SingleOrDefaultAsync(c => c.Claim.Id == number, cancel) : null;
        if (claim is null) return (null, Problems.NotFound.Because($"there is no claim '{id}'"));
        if (Conditional.MayChange(http, Version(claim.Claim)) is { } problem) return (null, problem);
        return claim.SupersededAt is null ? (claim, null)
            : (null, Problems.Conflict.Because("the claim does not count any more: it was superseded or withdrawn"));
    }

    /// <summary>The response of a request that changed a claim.</summary>
    public static IResult Changed(HttpContext http, ClaimResponse claim)
    {
        http.Response.Headers.ETag = Conditional.ItemTag(Version(claim.Claim));
        return ClaimListSchema.Fields.ToJsonResult(claim, StatusCodes.Status200OK);
    }

    /// <summary>Version for the ETag: 1 while the claim counts, 2 once it is superseded or withdrawn. Nothing else of a claim changes.</summary>
    static long Version(ClaimRow claim) => claim.SupersededIn is null ? 1 : 2;
}
