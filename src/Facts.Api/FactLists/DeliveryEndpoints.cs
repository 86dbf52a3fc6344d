using Facts.Api.Http;

namespace Facts.Api.FactLists;

internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/deliveries", ListAsync).WithOperation(DeliveryListSchema.Fields, new("listDeliveries", "deliveries", "List deliveries")
        {
            Description = "The deliveries as they stand at the end of the day `as_of`, from what was recorded by `known_at`.",
        }).KeepsAnswers(KeptAnswers.Counts);
        routes.MapGet("/v1/deliveries/{id}", GetAsync).WithOperation(new("getDelivery", "deliveries", "Get a delivery")
        {
            Path = [new("id", WireType.Whole, "Number of the delivery.") { Example = "5" }],
            Description = "The delivery with its links and its quoted claims. The number of a delivery that has become part of another one answers 308.",
            Query = ListParameters.Time,
            Answer = DeliveryListSchema.Fields.Shape(),
            Also = [(StatusCodes.Status308PermanentRedirect, "The delivery has become part of the one at `Location`.")],
            Errors = [Problems.NotFound],
        }).ValidatesParameters();
    }

    static Task<IResult> ListAsync(HttpContext http, FactListAnswers facts, CancellationToken cancel) =>
        facts.AnswerAsync(http, DeliveryListSchema.Fields, rows => rows.Deliveries, cancel);

    static Task<IResult> GetAsync(HttpContext http, string id, FactListAnswers facts, CancellationToken cancel) =>
        facts.GetAsync(http, id, "deliveries", DeliveryListSchema.Fields, rows => rows.Deliveries, cancel);
}
