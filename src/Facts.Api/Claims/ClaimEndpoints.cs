using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Claims;

internal static class ClaimEndpoints
{
    public static void MapClaims(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/claims", ListAsync)
            .DocumentedList("listClaims", "claims", "List claims", "Claims that count, each with its article and quote; with known_at those that counted then.", ClaimView.Fields);
        routes.MapGet("/v1/claims/{id}", GetAsync)
            .Documented("getClaim", "claims", "Get a claim", "One claim as reported; superseded ones too.", []);
        routes.MapPost("/v1/claims", CreateAsync).RequireWriteKey()
            .Documented("createClaim", "claims", "Record a claim", "Records one claim, with its article where that is new.", CreateParameters).TakesJson<ClaimRequest>();
    }

    static readonly ParameterSpec[] CreateParameters = [new("create_missing", WireType.Flag, "Make parties and items that are not known yet.") { Default = "false" }];

    static async Task<IResult> ListAsync(HttpContext http, FactsContext database, CancellationToken cancel)
    {
        var (request, problem) = ListRequest<ClaimView>.Read(http, ClaimView.Fields);
        if (problem is not null) return problem;
        return await Lists.AnswerAsync(request, async () =>
        {
            var (names, unknown) = await NameFilter.ReadAsync(database, request.Parameters, cancel);
            return unknown is not null ? (null, unknown) : (Chosen(database, request, names!), null);
        }, cancel);
    }

    static IQueryable<ClaimView> Chosen(FactsContext database, ListRequest<ClaimView> request, NameFilter names)
    {
        var (known, day) = (request.KnownAt!.Value, request.AsOf!.Value);
        var claims = ClaimView.All(database)
            .Where(c => c.Claim.RecordedAt <= known && (c.Claim.SupersededAt == null || c.Claim.SupersededAt > known));
        if (request.Parameters.Has("as_of")) claims = claims.Where(c => c.Claim.StatedFrom == null ? c.Claim.StatedTo <= day : c.Claim.StatedFrom <= day);
        if (names.Donors is { } donors) claims = claims.Where(c => c.Claim.Donors.Any(d => donors.Contains(d)));
        if (names.Recipients is { } recipients) claims = claims.Where(c => recipients.Contains(c.Claim.Recipient!));
        if (names.Items is { } items) claims = claims.Where(c => c.Claim.Items.Any(i => items.Contains(i)));
        if (request.Parameters.Text("q") is { } q)
            claims = claims.Where(c => EF.Functions.ToTsVector("simple", (c.Article.Title ?? "") + " " + (c.Claim.Quote ?? "") + " " + (c.Claim.Note ?? ""))
                .Matches(EF.Functions.PlainToTsQuery("simple", q)));
        return claims;
    }

    static async Task<IResult> GetAsync(HttpContext http, string id, FactsContext database, CancellationToken cancel)
    {
        if (Parameters.Read(http).Problem is { } wrong) return wrong;
        var claim = long.TryParse(id, out var number) ? await ClaimView.All(database).SingleOrDefaultAsync(c => c.Claim.Id == number, cancel) : null;
        return claim is null ? Problems.NotFound.Because($"there is no claim '{id}'") : Conditional.Item(http, Version(claim.Claim), Wire(claim));
    }

    static async Task<IResult> CreateAsync(HttpContext http, FactsContext database, ClaimWriter writer, CancellationToken cancel)
    {
        var parameters = Parameters.Read(http, CreateParameters);
        if (parameters.Problem is { } wrong) return wrong;
        var (request, unreadable, _) = await JsonBody.ReadAsync<ClaimRequest>(http, cancel);
        if (unreadable is not null) return unreadable;
        var written = await writer.WriteAsync([new(1, request, [])], new(CreateMissing: parameters.Flag("create_missing") ?? false), cancel);
        if (written.Failed > 0) return Problem.Of([.. written.Errors.Select(e => e with { Row = null, Column = null })]);
        var claim = await ClaimView.All(database).SingleAsync(c => c.Claim.Id == written.Ids[0], cancel);
        http.Response.Headers.ETag = Conditional.ItemTag(Version(claim.Claim));
        return Results.Json(Wire(claim), Json.Options, statusCode: written.Created > 0 ? StatusCodes.Status201Created : StatusCodes.Status200OK)
            .At(http, $"/v1/claims/{claim.Claim.Id}");
    }

    /// <summary>A claim changes once at the most: when another takes its place.</summary>
    static long Version(ClaimRow claim) => claim.SupersededAt is null ? 1 : 2;

    static Dictionary<string, object?> Wire(ClaimView claim) => ClaimView.Fields.Fields.ToDictionary(f => f.Name, f => f.Get(claim));
}
