using Facts.Api.Http;

namespace Facts.Api.FactLists;

internal static class RequestEndpoints
{
    public static void MapRequests(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/requests", ListAsync).WithOperation(FactListSchemas.Requests, new("listRequests", "requests", "List requests")
        {
            Description = "How each stands at the end of `as_of`, from what was recorded by `known_at`.",
        });
        routes.MapGet("/v1/requests/{id}", GetAsync).WithOperation(new("getRequest", "requests", "Get one of the requests")
        {
            Path = [new("id", WireType.Whole, "Number of the fact.") { Example = "1" }],
            Description = "With its claims and their quotes. One that is now part of another answers 308.",
            Query = ListParameters.Time,
            Answer = FactListSchemas.Requests.Shape(),
            Also = [(StatusCodes.Status308PermanentRedirect, "It is now part of another.")],
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();
    }

    static Task<IResult> ListAsync(HttpContext http, FactListAnswers facts, CancellationToken cancel) =>
        facts.AnswerAsync(http, FactListSchemas.Requests, rows => rows.Requests, cancel);

    static Task<IResult> GetAsync(HttpContext http, string id, FactListAnswers facts, CancellationToken cancel) =>
        facts.GetAsync(http, id, "requests", FactListSchemas.Requests, rows => rows.Requests, cancel);
}
