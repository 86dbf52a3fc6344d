using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.FactLists;

/// <summary>Fields, filters and embeds that the lists of requests, commitments and deliveries share.</summary>
internal static class FactListFields
{
    /// <summary>Words of <c>embed=</c>.</summary>
    public const string Links = "links", Evidence = "evidence";

    /// <summary>A member of a single fact only, never of a list's row: the day of the answer.</summary>
    public const string AsOf = "as_of";

    extension<TRow>(ListSchema<TRow> schema) where TRow : FactRow
    {
        /// <summary>Adds the key, donors, recipient, items, unit and stated day.</summary>
        public ListSchema<TRow> WithSubject() => schema
            .Field("key", f => f.Key, "The key by which its claims name the fact; null where none does.")
            .Field("donors", f => f.Donors, "Codes of the donors; several give jointly. For a request: the parties that are asked.")
            .Field("recipient", f => f.Recipient, "Code of the party that receives.", facet: true, example: "UKR")
            .Field("items", f => f.Items, "Codes of the items; where there are several, any of them is meant.")
            .Field("unit", f => f.Unit, "Unit of the quantities; null where nothing is counted.", facet: true, example: "system")
            .Dated("stated_on", f => f.StatedOn, f => f.StatedFrom ?? f.StatedTo, "by the first day it can have been",
                "Date on which the earliest claim of the fact was stated (EDTF).")
            .Field("stated_from", f => f.StatedFrom, "First day on which the earliest claim may have been stated; null where the start is open.")
            .Field("stated_to", f => f.StatedTo, "Last day on which the earliest claim may have been stated; null where the end is open.")
            .OrderedByIndex("stated_on");

        /// <summary>Adds the links between commitments and deliveries, as an embed.</summary>
        public ListSchema<TRow> WithLinks() =>
            schema.Embed<IEnumerable<FactLink>>(Links, "The links of the fact: how much of which delivery goes to which commitment.");

        /// <summary>Adds the flags, the envelope, the counts, the filters by name and stated day, <c>as_of</c>, <c>known_at</c> and the evidence.</summary>
        public ListSchema<TRow> WithFlagsAndFilters(string? exampleDonor = null) => schema
            .Field("unquantified", f => f.Unquantified, "True if the fact has no number.")
            .Field("disputed", f => f.Disputed, "True if a claim denies the fact.")
            .Field("conflict", f => f.Conflict, "True if claims of the fact contradict each other.")
            .Field("possible_overlap", f => f.PossibleOverlap, "True if the fact is in an open pair of the review list, and may repeat another fact.")
            .Field("envelope_low", f => f.EnvelopeLow, "Least quantity that any claim of the fact gives; null without a number.")
            .Field("envelope_high", f => f.EnvelopeHigh, "Greatest quantity that any claim of the fact gives; null without an upper bound or without a number.")
            .Field("claims", f => f.Claims, "Number of claims behind the fact that were stated by `as_of`.")
            .Field("publishers", f => f.Publishers, "Number of independent publishers of the claims behind the fact.")
            .Parameter("donor", WireType.Text, "Only facts of these donors, alone or jointly: code, name or alias.", many: true, example: exampleDonor)
            .Parameter("recipient", WireType.Text, "Only facts of these recipients: code, name or alias.", many: true, example: "UKR")
            .Parameter("item", WireType.Text, "Only facts of these items or of items below them: code, name or alias.", many: true, example: "air-defence")
            .Set("donor", f => string.Join("+", f.Donors), f => f.Donors)
            .Set("item", f => string.Join("|", f.Items))
            .Parameter("unit", WireType.Text, "Only facts in these units.", many: true, example: "system")
            .Parameter("stated_from", "Only facts first stated on or after this day, by the first possible day.",
                (f, day) => (f.StatedFrom ?? f.StatedTo) >= day)
            .Parameter("stated_to", "Only facts first stated on or before this day, by the first possible day.",
                (f, day) => (f.StatedFrom ?? f.StatedTo) <= day)
            .Timed()
            .Embed<IEnumerable<EvidenceRow>>(Evidence, "The claims of the fact with their quotes and articles, by stated day.")
            .Embed<DateOnly>(AsOf, "The day at whose end the fact stands as shown; a member of a single fact only.", isOffered: false);
    }
}
