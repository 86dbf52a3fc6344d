using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.FactLists;

/// <summary>How requests, commitments and deliveries are answered, in their lists and wherever else they are shown.</summary>
internal static class FactListSchemas
{
    /// <summary>What can be embedded.</summary>
    public const string Links = "links", Evidence = "evidence";

    /// <summary>Of a fact alone: the day that was asked about.</summary>
    public const string AsOf = "as_of";

    public static readonly ListSchema<RequestRow> Requests = Ending(Common(new ListSchema<RequestRow>("Request")
        .Id("id", f => f.Id, "Number of the fact."))
        .Field("requested_low", f => f.RequestedLow, "What is asked for: certain.")
        .Field("requested_high", f => f.RequestedHigh, "What is asked for: possible; null without bound.")
        .Field("unmet_need_low", f => f.UnmetNeedLow, "What neither commitments nor unpledged deliveries since cover: certain.")
        .Field("unmet_need_high", f => f.UnmetNeedHigh, "What neither commitments nor unpledged deliveries since cover: possible; null without bound."));

    public static readonly ListSchema<CommitmentRow> Commitments = Linked(Common(new ListSchema<CommitmentRow>("Commitment")
        .Id("id", f => f.Id, "Number of the fact."))
        .Field("firmness", f => f.Firmness, "How binding it is.", facet: true, words: EnumWords.All<Firmness>())
        .Field("status", f => f.Status, "How far it has come.", facet: true, words: EnumWords.All<CommitmentStatus>(), example: "partial")
        .Dated("due_on", f => f.DueOn, f => f.DueTo ?? f.DueFrom, "by the last day it can be", "The deadline in force (EDTF).")
        .Field("due_from", f => f.DueFrom, "First day of the deadline; null where open.")
        .Field("due_to", f => f.DueTo, "Last day of the deadline; null where open.")
        .Field("original_due_on", f => f.OriginalDueOn, "The first deadline (EDTF).", ordered: false)
        .Field("deadlines", f => f.Deadlines, "All deadlines so far, the first one first, each with the claim that set it.", filter: false, sort: false)
        .Field("part_of", f => f.PartOf, "Key of the larger commitment it is inside.")
        .Field("conditional", f => f.Conditional, "Under a condition that is not met.")
        .Field("on_hold", f => f.OnHold, "Deliveries are suspended.")
        .Field("overdue", f => f.Overdue, "Something outstanding is possibly past its deadline.")
        .Field("intended_low", f => f.IntendedLow, "Of an intent: certain.")
        .Field("intended_high", f => f.IntendedHigh, "Of an intent: possible; null without bound.")
        .Field("original_low", f => f.OriginalLow, "As first made: certain.")
        .Field("original_high", f => f.OriginalHigh, "As first made: possible; null without bound.")
        .Field("committed_low", f => f.CommittedLow, "Now: certain.")
        .Field("committed_high", f => f.CommittedHigh, "Now: possible; null without bound.")
        .Field("cancelled_low", f => f.CancelledLow, "Taken back: certain.")
        .Field("cancelled_high", f => f.CancelledHigh, "Taken back: possible; null without bound.")
        .Field("delivered_low", f => f.DeliveredLow, "Delivered to it: certain.")
        .Field("delivered_high", f => f.DeliveredHigh, "Delivered to it: possible; null without bound.")
        .Field("credited_low", f => f.CreditedLow, "Delivered, at most what is committed: certain.")
        .Field("credited_high", f => f.CreditedHigh, "Delivered, at most what is committed: possible; null without bound.")
        .Field("surplus_low", f => f.SurplusLow, "Delivered beyond it: certain.")
        .Field("surplus_high", f => f.SurplusHigh, "Delivered beyond it: possible; null without bound.")
        .Field("outstanding_low", f => f.OutstandingLow, "Still to come: certain.")
        .Field("outstanding_high", f => f.OutstandingHigh, "Still to come: possible; null without bound.")
        .Field("overdue_low", f => f.OverdueLow, "Outstanding past the deadline: certain.")
        .Field("overdue_high", f => f.OverdueHigh, "Outstanding past the deadline: possible; null without bound.")
        .Field("overdue_original_low", f => f.OverdueOriginalLow, "Outstanding past the first deadline: certain.")
        .Field("overdue_original_high", f => f.OverdueOriginalHigh, "Outstanding past the first deadline: possible; null without bound."))
        .Parameter("due_from", "Due on or after this day, by the last day of the deadline in force.", (c, day) => c.DueOn != null && (c.DueTo == null || c.DueTo >= day))
        .Parameter("due_to", "Due on or before this day, by the last day of the deadline in force.", (c, day) => (c.DueTo ?? c.DueFrom) <= day);

    public static readonly ListSchema<DeliveryRow> Deliveries = Linked(Common(new ListSchema<DeliveryRow>("Delivery")
        .Id("id", f => f.Id, "Number of the fact."))
        .Dated("happened_on", f => f.HappenedOn, f => f.HappenedTo ?? f.HappenedFrom, "by the last day it can have been", "When it took place (EDTF).")
        .Field("happened_from", f => f.HappenedFrom, "First day of that; null where open.")
        .Field("happened_to", f => f.HappenedTo, "Last day of that; null where open.")
        .Field("stage", f => f.Stage, "How far it has come.", facet: true, words: EnumWords.All<Stage>())
        .Field("unexplained", f => f.Unexplained, "What a running total leaves unexplained.")
        .Field("delivered_low", f => f.DeliveredLow, "What counts of it: certain.")
        .Field("delivered_high", f => f.DeliveredHigh, "What counts of it: possible; null without bound.")
        .Field("unpledged_low", f => f.UnpledgedLow, "What of it went to no commitment: certain.")
        .Field("unpledged_high", f => f.UnpledgedHigh, "What of it went to no commitment: possible; null without bound."))
        .Parameter("happened_from", "Took place on or after this day, by the last day it can have been.", (d, day) => (d.HappenedTo ?? d.HappenedFrom) >= day)
        .Parameter("happened_to", "Took place on or before this day, by the last day it can have been.", (d, day) => (d.HappenedTo ?? d.HappenedFrom) <= day);

    /// <summary>The fields all three have, in their order.</summary>
    static ListSchema<TRow> Common<TRow>(ListSchema<TRow> fields) where TRow : FactRow => fields
        .Field("key", f => f.Key, "The key its claims name it by.")
        .Field("donors", f => f.Donors, "Who gives, jointly where several; of a request who is asked.")
        .Field("recipient", f => f.Recipient, "Who receives.", facet: true, example: "UKR")
        .Field("items", f => f.Items, "What; any of them where several.")
        .Field("unit", f => f.Unit, "What is counted.", facet: true, example: "system")
        .Dated("stated_on", f => f.StatedOn, f => f.StatedFrom ?? f.StatedTo, "by the first day it can have been", "When its earliest claim was stated (EDTF).")
        .Field("stated_from", f => f.StatedFrom, "First day of that; null where open.")
        .Field("stated_to", f => f.StatedTo, "Last day of that; null where open.");

    static ListSchema<TRow> Linked<TRow>(ListSchema<TRow> fields) where TRow : FactRow =>
        Ending(fields.Embed<IEnumerable<FactLink>>(Links, "What of deliveries goes to which commitments."), donor: "Germany");

    /// <summary>The flags all three have, the names they are looked up by, and the two times.</summary>
    static ListSchema<TRow> Ending<TRow>(ListSchema<TRow> fields, string? donor = null) where TRow : FactRow => fields
        .Field("unquantified", f => f.Unquantified, "Without a number.")
        .Field("disputed", f => f.Disputed, "A denial hangs on it.")
        .Field("conflict", f => f.Conflict, "Its claims disagree.")
        .Field("possible_overlap", f => f.PossibleOverlap, "It may be another fact told again.")
        .Field("envelope_low", f => f.EnvelopeLow, "Least that any claim says.")
        .Field("envelope_high", f => f.EnvelopeHigh, "Most that any claim says; null without bound.")
        .Field("claims", f => f.Claims, "Claims behind it, as far as stated.")
        .Field("publishers", f => f.Publishers, "Independent publishers among them.")
        .Parameter("donor", WireType.Text, "Given by one of these, alone or jointly: code, name or alias.", many: true, example: donor)
        .Parameter("recipient", WireType.Text, "Given to one of these: code, name or alias.", many: true, example: "UKR")
        .Parameter("item", WireType.Text, "One of these items or what is below them: code, name or alias.", many: true, example: "air-defence")
        .Set("donor", f => string.Join("+", f.Donors), f => f.Donors)
        .Set("item", f => string.Join("|", f.Items))
        .Parameter("unit", WireType.Text, "Counted in one of these.", many: true, example: "system")
        .Parameter("stated_from", "First stated on or after this day.", (f, day) => (f.StatedFrom ?? f.StatedTo) >= day)
        .Parameter("stated_to", "First stated on or before this day.", (f, day) => (f.StatedFrom ?? f.StatedTo) <= day)
        .Timed()
        .Embed<IEnumerable<EvidenceRow>>(Evidence, "Its claims with their quotes and articles, by stated day.")
        .Embed<DateOnly>(AsOf, "Of one alone: the day it stands so at the end of.", isOffered: false);
}
