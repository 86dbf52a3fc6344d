using Facts.Api.Http;
using Facts.Api.Ledger;

namespace Facts.Api.Requests;

internal static class RequestEndpoints
{
    public static void MapRequests(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/requests", ListAsync).Documented(Fields, new("listRequests", "requests", "List requests")
        {
            Description = "How each stands at the end of `as_of`, from what was recorded by `known_at`.",
        });
        routes.MapGet("/v1/requests/{id}", GetAsync).Documented(new("getRequest", "requests", "Get one of the requests")
        {
            Description = "With its links and its claims with their quotes. One that is now part of another answers 308.",
            Query = ListParameters.Time,
            Answer = Fields.Shape(),
            Also = [(StatusCodes.Status308PermanentRedirect, "It is now part of another.")],
            Errors = [Problems.NotFound],
        });
    }

    static readonly ListFields<RequestRow> Fields = FactLists.Ending(FactLists.Common(new ListFields<RequestRow>("Request")
        .Id("id", f => f.Id, "Number of the fact."))
        .Field("requested_low", f => f.RequestedLow, "What is asked for: certain.")
        .Field("requested_high", f => f.RequestedHigh, "What is asked for: possible; null without bound.")
        .Field("unmet_need_low", f => f.UnmetNeedLow, "What neither commitments nor unpledged deliveries since cover: certain.")
        .Field("unmet_need_high", f => f.UnmetNeedHigh, "What neither commitments nor unpledged deliveries since cover: possible; null without bound."));

    static Task<IResult> ListAsync(HttpContext http, FactLists facts, CancellationToken cancel) =>
        facts.AnswerAsync(http, Fields, rows => rows.Requests, cancel);

    static Task<IResult> GetAsync(HttpContext http, string id, FactLists facts, CancellationToken cancel) =>
        facts.GetAsync(http, id, "requests", Fields, rows => rows.Requests, cancel);
}
