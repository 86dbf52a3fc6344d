using Facts.Api.Http;

namespace Facts.Api.FactLists;

internal static class RequestEndpoints
{
    public static void MapRequests(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/requests", ListAsync).WithOperation(RequestListSchema.Fields, new("listRequests", "requests", "List requests")
        {
            Description = "The requests as they stand at the end of the day `as_of`, from what was recorded by `known_at`.",
        }).KeepsAnswers(KeptAnswers.Counts);
        routes.MapGet("/v1/requests/{id}", GetAsync).WithOperation(new("getRequest", "requests", "Get a request")
        {
            Path = [new("id", WireType.Whole, "Number of the request.") { Example = "1" }],
            Description = "The request with its quoted claims. The number of a request that has become part of another one answers 308.",
            Query = ListParameters.Time,
            Answer = RequestListSchema.Fields.Shape(),
            Also = [(StatusCodes.Status308PermanentRedirect, "The request has become part of the one at `Location`.")],
            Errors = [Problems.NotFound],
        }).ValidatesParameters();
    }

    static Task<IResult> ListAsync(HttpContext http, FactListAnswers facts, CancellationToken cancel) =>
        facts.AnswerAsync(http, RequestListSchema.Fields, rows => rows.Requests, cancel);

    static Task<IResult> GetAsync(HttpContext http, string id, FactListAnswers facts, CancellationToken cancel) =>
        facts.GetAsync(http, id, "requests", RequestListSchema.Fields, rows => rows.Requests, cancel);
}
