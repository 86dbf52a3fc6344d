using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.FactLists;

/// <summary>The fields, filters and embeds of commitments, in their list and wherever else commitments are shown.</summary>
internal static class CommitmentListSchema
{
    public static readonly ListSchema<CommitmentRow> Fields = new ListSchema<CommitmentRow>("Commitment")
        .Id("id", c => c.Id, "Number of the commitment.")
        .WithSubject()
        .Field("firmness", c => c.Firmness, "Binding force of the commitment.", facet: true, words: EnumWords.All<Firmness>())
        .Field("status", c => c.Status, "State of delivery of the commitment, in a word.",
            facet: true, words: EnumWords.All<CommitmentStatus>(), example: "partial")
        .Dated("due_on", c => c.DueOn, c => c.DueTo ?? c.DueFrom, "by the last day it can be", "The deadline in force (EDTF); null without a deadline.")
        .Field("due_from", c => c.DueFrom, "First possible day of the deadline in force; null where its start is open or there is no deadline.")
        .Field("due_to", c => c.DueTo, "Last possible day of the deadline in force; null where its end is open or there is no deadline.")
        .Field("original_due_on", c => c.OriginalDueOn, "The first deadline (EDTF); null without a deadline.", ordered: false)
        .Field("deadlines", c => c.Deadlines, "All deadlines so far, earliest statement first, each with the claim that set it.", filter: false, sort: false)
        .Field("part_of", c => c.PartOf, "Key of the larger commitment that contains this commitment; null where none does.")
        .Field("conditional", c => c.Conditional, "True if the commitment is under a condition that is not met.")
        .Field("on_hold", c => c.OnHold, "True if deliveries of the commitment are suspended.")
        .Field("overdue", c => c.Overdue, "True if something outstanding is possibly past the deadline in force.")
        .Field("intended_low", c => c.IntendedLow, "Quantity of an intent that is certain; null for firmer commitments and without a number.")
        .Field("intended_high", c => c.IntendedHigh,
            "Quantity of an intent that is possible; null for firmer commitments, without an upper bound or without a number.")
        .Field("original_low", c => c.OriginalLow, "Quantity that was certainly committed at first; null without a number.")
        .Field("original_high", c => c.OriginalHigh, "Quantity that was possibly committed at first; null without an upper bound or without a number.")
        .Field("committed_low", c => c.CommittedLow, "Quantity that is certainly committed, after amendments and cancellations; null without a number.")
        .Field("committed_high", c => c.CommittedHigh,
            "Quantity that is possibly committed, after amendments and cancellations; null without an upper bound or without a number.")
        .Field("cancelled_low", c => c.CancelledLow, "Quantity that was certainly cancelled.")
        .Field("cancelled_high", c => c.CancelledHigh, "Quantity that was possibly cancelled; null without an upper bound.")
        .Field("delivered_low", c => c.DeliveredLow, "Quantity that was certainly delivered to the commitment.")
        .Field("delivered_high", c => c.DeliveredHigh,
            "Quantity that was possibly delivered to the commitment; null without an upper bound.")
        .Field("credited_low", c => c.CreditedLow, "Quantity certainly delivered to the commitment, at most what is committed; null without a number.")
        .Field("credited_high", c => c.CreditedHigh,
            "Quantity possibly delivered to the commitment, at most what is committed; null without an upper bound or without a number.")
        .Field("surplus_low", c => c.SurplusLow, "Quantity certainly delivered beyond what is committed; null without a number.")
        .Field("surplus_high", c => c.SurplusHigh,
            "Quantity possibly delivered beyond what is committed; null without an upper bound or without a number.")
        .Field("outstanding_low", c => c.OutstandingLow, "Quantity that is certainly still to be delivered; null without a number.")
        .Field("outstanding_high", c => c.OutstandingHigh,
            "Quantity that is possibly still to be delivered; null without an upper bound or without a number.")
        .Field("overdue_low", c => c.OverdueLow, "Outstanding quantity that is certainly past the deadline in force; null for an intent and without a number.")
        .Field("overdue_high", c => c.OverdueHigh,
            "Outstanding quantity that is possibly past the deadline in force; null for an intent, without an upper bound or without a number.")
        .Field("overdue_original_low", c => c.OverdueOriginalLow,
            "Outstanding quantity that is certainly past the first deadline; null for an intent and without a number.")
        .Field("overdue_original_high", c => c.OverdueOriginalHigh,
            "Outstanding quantity that is possibly past the first deadline; null for an intent, without an upper bound or without a number.")
        .OrderedByIndex("due_on", "outstanding_low")
        .WithLinks()
        .WithFlagsAndFilters(exampleDonor: "Germany")
        .Parameter("due_from", "Only commitments due on or after this day, by the last possible day of the deadline in force.",
            (c, day) => c.DueOn != null && (c.DueTo == null || c.DueTo >= day))
        .Parameter("due_to", "Only commitments due on or before this day, by the last possible day of the deadline in force.",
            (c, day) => (c.DueTo ?? c.DueFrom) <= day);
}
