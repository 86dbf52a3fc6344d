using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.FactLists;

/// <summary>The fields, filters and embeds of deliveries, in their list and wherever else deliveries are shown.</summary>
internal static class DeliveryListSchema
{
    public static readonly ListSchema<DeliveryRow> Fields = new ListSchema<DeliveryRow>("Delivery")
        .Id("id", d => d.Id, "Number of the delivery.")
        .WithSubject()
        .Dated("happened_on", d => d.HappenedOn, d => d.HappenedTo ?? d.HappenedFrom, "by the last day it can have been",
            "Date on which the delivery reached its stage (EDTF).")
        .Field("happened_from", d => d.HappenedFrom, "First day on which the delivery may have reached its stage; null where the start is open.")
        .Field("happened_to", d => d.HappenedTo, "Last day on which the delivery may have reached its stage; null where the end is open.")
        .Field("stage", d => d.Stage, "Stage that the delivery has reached.", facet: true, words: EnumWords.All<Stage>())
        .Field("unexplained", d => d.Unexplained, "True if this is the part of a cumulative total (\"20 so far\") that no single delivery explains.")
        .Field("delivered_low", d => d.DeliveredLow, "Quantity that was certainly delivered; null without a number.")
        .Field("delivered_high", d => d.DeliveredHigh,
            "Quantity that was possibly delivered; null without an upper bound or without a number.")
        .Field("unpledged_low", d => d.UnpledgedLow, "Quantity that certainly went to no commitment; null without a number.")
        .Field("unpledged_high", d => d.UnpledgedHigh,
            "Quantity that possibly went to no commitment; null without an upper bound or without a number.")
        .WithLinks()
        .WithFlagsAndFilters(exampleDonor: "Germany")
        .Parameter("happened_from", "Only deliveries that took place on or after this day, by the last possible day.",
            (d, day) => (d.HappenedTo ?? d.HappenedFrom) >= day)
        .Parameter("happened_to", "Only deliveries that took place on or before this day, by the last possible day.",
            (d, day) => (d.HappenedTo ?? d.HappenedFrom) <= day);
}
