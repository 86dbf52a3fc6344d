using Facts.Api.Http;

namespace Facts.Api.FactLists;

internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/deliveries", ListAsync).WithOperation(FactListSchemas.Deliveries, new("listDeliveries", "deliveries", "List deliveries")
        {
            Description = "How each stands at the end of `as_of`, from what was recorded by `known_at`.",
        });
        routes.MapGet("/v1/deliveries/{id}", GetAsync).WithOperation(new("getDelivery", "deliveries", "Get one of the deliveries")
        {
            Path = [new("id", WireType.Whole, "Number of the fact.") { Example = "5" }],
            Description = "With its links and its claims with their quotes. One that is now part of another answers 308.",
            Query = ListParameters.Time,
            Answer = FactListSchemas.Deliveries.Shape(),
            Also = [(StatusCodes.Status308PermanentRedirect, "It is now part of another.")],
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();
    }

    static Task<IResult> ListAsync(HttpContext http, FactListAnswers facts, CancellationToken cancel) =>
        facts.AnswerAsync(http, FactListSchemas.Deliveries, rows => rows.Deliveries, cancel);

    static Task<IResult> GetAsync(HttpContext http, string id, FactListAnswers facts, CancellationToken cancel) =>
        facts.GetAsync(http, id, "deliveries", FactListSchemas.Deliveries, rows => rows.Deliveries, cancel);
}
