using Facts.Api.Http;
using Facts.Api.Ledger;

namespace Facts.Api.Deliveries;

internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/deliveries", ListAsync).Documented(Fields, new("listDeliveries", "deliveries", "List deliveries")
        {
            Description = "How each stands at the end of `as_of`, from what was recorded by `known_at`.",
        });
        routes.MapGet("/v1/deliveries/{id}", GetAsync).Documented(new("getDelivery", "deliveries", "Get one of the deliveries")
        {
            Description = "With its links and its claims with their quotes. One that is now part of another answers 308.",
            Query = ListParameters.Time,
            Answer = Fields.Shape(),
            Also = [(StatusCodes.Status308PermanentRedirect, "It is now part of another.")],
            Errors = [Problems.NotFound],
        });
    }

    static readonly ListFields<DeliveryRow> Fields = FactLists.Ending(FactLists.Common(new ListFields<DeliveryRow>("Delivery")
        .Id("id", f => f.Id, "Number of the fact."))
        .Field("happened_on", f => f.HappenedOn, "When it took place (EDTF).")
        .Field("happened_from", f => f.HappenedFrom, "First day of that; null where open.")
        .Field("happened_to", f => f.HappenedTo, "Last day of that; null where open.")
        .Field("stage", f => f.Stage, "How far it has come.", facet: true, words: Words.All<Stage>())
        .Field("unexplained", f => f.Unexplained, "What a running total leaves unexplained.")
        .Field("delivered_low", f => f.DeliveredLow, "What counts of it: certain.")
        .Field("delivered_high", f => f.DeliveredHigh, "What counts of it: possible; null without bound.")
        .Field("unpledged_low", f => f.UnpledgedLow, "What of it went to no commitment: certain.")
        .Field("unpledged_high", f => f.UnpledgedHigh, "What of it went to no commitment: possible; null without bound."));

    static Task<IResult> ListAsync(HttpContext http, FactLists facts, CancellationToken cancel) =>
        facts.AnswerAsync(http, Fields, rows => rows.Deliveries, cancel);

    static Task<IResult> GetAsync(HttpContext http, string id, FactLists facts, CancellationToken cancel) =>
        facts.GetAsync(http, id, "deliveries", Fields, rows => rows.Deliveries, cancel);
}
