using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>Facts in a line.</summary>
internal static class FactText
{
    /// <summary>A delivery: "Germany: 2 × IRIS-T SLM".</summary>
    public static string Of(DeliveryRow delivery, IReadOnlyDictionary<string, string> names) =>
        Line(delivery, names, delivery.DeliveredLow, delivery.DeliveredHigh);

    /// <summary>A request: "Ukraine: 20 × NASAMS or HAWK".</summary>
    public static string Of(RequestRow request, IReadOnlyDictionary<string, string> names) =>
        names.GetValueOrDefault("party:" + request.Recipient, request.Recipient)
        + $": {Amount(request, request.RequestedLow, request.RequestedHigh)} × {Items(request, names)}";

    public static string Items(FactRow fact, IReadOnlyDictionary<string, string> names) =>
        string.Join(" or ", fact.Items.Select(i => names.GetValueOrDefault("item:" + i, i)));

    static string Line(FactRow fact, IReadOnlyDictionary<string, string> names, decimal? low, decimal? high)
    {
        var donors = fact.Donors.Count == 0 ? "Somebody" : string.Join(" and ", fact.Donors.Select(d => names.GetValueOrDefault("party:" + d, d)));
        return $"{donors}: {Amount(fact, low, high)} × {Items(fact, names)}";
    }

    static string Amount(FactRow fact, decimal? low, decimal? high) => fact.Unquantified ? "an unknown number" : Show.Interval(low, high);
}
