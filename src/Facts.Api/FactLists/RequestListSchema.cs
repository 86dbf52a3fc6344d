using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.FactLists;

/// <summary>The fields, filters and embeds of requests, in their list and wherever else requests are shown.</summary>
internal static class RequestListSchema
{
    public static readonly ListSchema<RequestRow> Fields = new ListSchema<RequestRow>("Request")
        .Id("id", r => r.Id, "Number of the request.")
        .WithSubject()
        .Field("requested_low", r => r.RequestedLow, "Quantity that is certainly requested; null without a number.")
        .Field("requested_high", r => r.RequestedHigh, "Quantity that is possibly requested; null without an upper bound or without a number.")
        .Field("unmet_need_low", r => r.UnmetNeedLow,
            "Quantity that certainly neither commitments nor unpledged deliveries since the request cover; null without a number.")
        .Field("unmet_need_high", r => r.UnmetNeedHigh,
            "Quantity that possibly neither commitments nor unpledged deliveries since the request cover; null without an upper bound or without a number.")
        .WithFlagsAndFilters();
}
