using Facts.Api.Http;
using Facts.Api.Ledger;

namespace Facts.Api.Requests;

internal static class RequestEndpoints
{
    public static void MapRequests(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/requests", ListAsync).Documented(FactFields.Requests, new("listRequests", "requests", "List requests")
        {
            Description = "How each stands at the end of `as_of`, from what was recorded by `known_at`.",
        });
        routes.MapGet("/v1/requests/{id}", GetAsync).Documented(new("getRequest", "requests", "Get one of the requests")
        {
            Path = [new("id", WireType.Whole, "Number of the fact.") { Example = "1" }],
            Description = "With its claims and their quotes. One that is now part of another answers 308.",
            Query = ListParameters.Time,
            Answer = FactFields.Requests.Shape(),
            Also = [(StatusCodes.Status308PermanentRedirect, "It is now part of another.")],
            Errors = [Problems.NotFound],
        });
    }

    static Task<IResult> ListAsync(HttpContext http, FactLists facts, CancellationToken cancel) =>
        facts.AnswerAsync(http, FactFields.Requests, rows => rows.Requests, cancel);

    static Task<IResult> GetAsync(HttpContext http, string id, FactLists facts, CancellationToken cancel) =>
        facts.GetAsync(http, id, "requests", FactFields.Requests, rows => rows.Requests, cancel);
}
