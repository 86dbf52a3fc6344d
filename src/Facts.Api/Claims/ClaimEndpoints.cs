using Facts.Api.Access;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Claims;

internal static class ClaimEndpoints
{
    public static void MapClaims(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/claims", ListAsync).WithOperation(ClaimView.Fields, new("listClaims", "claims", "List claims")
        {
            Description = "Claims that count, each with its article and quote; with `known_at` those that counted then. Superseded and withdrawn ones come where `superseded_at` or `superseded_by` is filtered by, those of retracted articles where `article_status` is.",
        });
        routes.MapGet("/v1/claims/{id}", GetAsync).WithOperation(new("getClaim", "claims", "Get a claim")
        {
            Path = [new("id", WireType.Whole, "Number of the claim.") { Example = "1" }],
            Query = [ClaimView.Fields.EmbedParameter],
            Description = "One claim as reported; superseded ones too.",
            Answer = ClaimView.Fields.Shape(),
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();
        routes.MapPost("/v1/claims", CreateAsync).Requires(KeyScope.Contribute).WithOperation(new("createClaim", "claims", "Record a claim")
        {
            Description = "Records one claim, with its article where that is new. Sent again with the same `external_id` and content nothing happens; with other content it supersedes.",
            Query = CreateParameters,
            Body = typeof(ClaimRequest),
            Examples = [("a pledge", Example)],
            Answer = ClaimView.Fields.Shape(),
            Status = StatusCodes.Status201Created,
            Also = [(StatusCodes.Status200OK, "The claim was there already, or takes the place of an older edition.")],
            Errors = [Problems.Conflict, Problems.UnknownParty, Problems.UnknownItem, Problems.UnknownArticle, Problems.InvalidQuantity, Problems.InvalidDate, Problems.Circular],
        }).ValidatesParameters();
        routes.MapDelete("/v1/claims/{id}", WithdrawAsync).Requires(KeyScope.Contribute).WithOperation(new("withdrawClaim", "claims", "Withdraw a claim")
        {
            Path = [new("id", WireType.Whole, "Number of the claim.") { Example = "23" }],
            Description = "Our record was wrong: it stops counting from now on and stays for `known_at`. Needs If-Match.",
            Answer = ClaimView.Fields.Shape(),
            Errors = [Problems.NotFound, Problems.Conflict, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
    }

    const string Example =
        """
        {"external_id":"example-1","article_url":"https://example.org/pledge","article_publisher":"Example","article_published_on":"2024-12-04",
         "kind":"pledge","donors":["DEU"],"recipient":"UKR","items":["IRIS-T"],"quantity":2,"unit":"system","due_on":"../2024-12-31"}
        """;

    static readonly ParameterSpec[] CreateParameters =
        [new("create_missing", WireType.Flag, "Make parties and items that are not known yet.") { Default = "false" }];

    static Task<IResult> ListAsync(HttpContext http, FactsContext database, CatalogueCache catalogues, CancellationToken cancel) =>
        ClaimView.Fields.AnswerAsync(http, async (request, token) => new ListSource<ClaimView>(Chosen(database, request, await NameFilter.ReadAsync(http, request.Parameters, token)))
        {
            Embed = ClaimView.Embedded,
            Labels = (field, values, t) => catalogues.LabelsAsync(http, field, values, t),
        }, cancel);

    static IQueryable<ClaimView> Chosen(FactsContext database, ListRequest<ClaimView> request, NameFilter names)
    {
        var (given, known, day) = (request.IsKnownAtGiven, request.KnownAt!.Value, request.AsOf!.Value);
        var claims = ClaimView.All(database);
        if (given) claims = claims.Where(c => c.RecordedAt <= known);
        if (!Asks(request, "superseded_at", "superseded_by"))
            claims = given ? claims.Where(c => c.SupersededAt == null || c.SupersededAt > known) : claims.Where(c => c.Claim.SupersededIn == null);
        if (!Asks(request, "article_status"))
            claims = given ? claims.Where(c => c.Article.RetractedAt == null || c.Article.RetractedAt > known) : claims.Where(c => c.Article.RetractedAt == null);
        if (request.Parameters.Has("as_of")) claims = claims.Where(c => c.Claim.StatedFrom == null ? c.Claim.StatedTo <= day : c.Claim.StatedFrom <= day);
        if (names.Donors is { } donors) claims = claims.Where(c => c.Claim.Donors.Any(d => donors.Contains(d)));
        if (names.Recipients is { } recipients) claims = claims.Where(c => recipients.Contains(c.Claim.Recipient!));
        if (names.Items is { } items) claims = claims.Where(c => c.Claim.Items.Any(i => items.Contains(i)));
        if (names.Units is { } units) claims = claims.Where(c => units.Contains(c.Claim.Unit!));
        if (request.Parameters.Text("q") is { } q)
            claims = claims.Where(c => EF.Functions.ToTsVector("simple", (c.Article.Title ?? "") + " " + (c.Claim.Quote ?? "") + " " + (c.Claim.Note ?? ""))
                .Matches(EF.Functions.PlainToTsQuery("simple", q)));
        return claims;
    }

    /// <summary>Whether one of these fields is filtered by: who asks for what does not count gets it.</summary>
    static bool Asks(ListRequest<ClaimView> request, params string[] fields) =>
        request.Http.Request.Query.Keys.Any(k => fields.Contains(k.Split("__")[0], StringComparer.Ordinal));

    static async Task<IResult> GetAsync(HttpContext http, string id, FactsContext database, CancellationToken cancel)
    {
        var claim = long.TryParse(id, out var number) ? await ClaimView.All(database).SingleOrDefaultAsync(c => c.Claim.Id == number, cancel) : null;
        return claim is null ? Problems.NotFound.Because($"there is no claim '{id}'")
            : await ClaimView.Fields.ItemAsync(http, claim, Version(claim.Claim), ClaimView.Embedded, cancel);
    }

    static async Task<IResult> CreateAsync(HttpContext http, FactsContext database, ClaimWriter writer, CancellationToken cancel)
    {
        var (request, unreadable, _) = await JsonBody.ReadAsync<ClaimRequest>(http, cancel);
        if (request is null) return unreadable!;
        var lacksEdit = KeyAccess.Refuse(http, KeyScope.Edit, "create_missing");
        var createMissing = Parameters.From(http).Flag("create_missing") ?? false;
        if (createMissing && lacksEdit is { } refused) return refused;
        var written = await writer.WriteAsync([new(1, request, unreadable?.Errors ?? [])], new(CreateMissing: createMissing) { MayRank = lacksEdit is null }, cancel);
        if (written.Failed > 0) return Problem.From([.. written.Errors.Select(e => e with { Row = null, Column = null })]);
        var claim = await ClaimView.All(database).SingleAsync(c => c.Claim.Id == written.Ids[0], cancel);
        if (written.Created > 0) return ClaimView.Fields.Created(http, claim, Version(claim.Claim), $"/v1/claims/{claim.Claim.Id}");
        return Changed(http, claim);
    }

    static async Task<IResult> WithdrawAsync(HttpContext http, string id, FactsContext database, ClaimWriter writer, CancellationToken cancel)
    {
        var (claim, refused) = await ToChangeAsync(http, id, database, cancel);
        if (claim is null) return refused!;
        if (!await writer.WithdrawAsync(claim.Claim, cancel)) return Problems.PreconditionFailed.Because("the claim was superseded or withdrawn meanwhile");
        return Changed(http, await ClaimView.All(database).SingleAsync(c => c.Claim.Id == claim.Claim.Id, cancel));
    }

    /// <summary>A claim that still counts, where the caller knows it as it is; else what is wrong.</summary>
    public static async Task<(ClaimView? Claim, Problem? Refused)> ToChangeAsync(HttpContext http, string id, FactsContext database, CancellationToken cancel)
    {
        var claim = long.TryParse(id, out var number) ? await ClaimView.All(database).SingleOrDefaultAsync(c => c.Claim.Id == number, cancel) : null;
        if (claim is null) return (null, Problems.NotFound.Because($"there is no claim '{id}'"));
        if (Conditional.MayChange(http, Version(claim.Claim)) is { } refused) return (null, refused);
        return claim.SupersededAt is null ? (claim, null) : (null, Problems.Conflict.Because("the claim does not count any more: it was superseded or withdrawn"));
    }

    /// <summary>The claim as it is after a change of it.</summary>
    public static IResult Changed(HttpContext http, ClaimView claim)
    {
        http.Response.Headers.ETag = Conditional.ItemTag(Version(claim.Claim));
        return ClaimView.Fields.ToJsonResult(claim, StatusCodes.Status200OK);
    }

    /// <summary>A claim changes once at the most: when another takes its place.</summary>
    static long Version(ClaimRow claim) => claim.SupersededIn is null ? 1 : 2;
}
