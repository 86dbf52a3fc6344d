namespace Facts.Api.Changes;

/// <summary>The measures under their wire names, in the order in which they are shown.</summary>
internal static class MeasureNames
{
    public static readonly IReadOnlyList<(string Name, string Description, Func<Measures, Interval?> Of)> All =
    [
        ("requested", "Requests", m => m.Requested),
        ("intended", "Commitments of firmness `intent`; they are in no other measure", m => m.Intended),
        ("original", "Commitments as first made", m => m.Original),
        ("committed", "Commitments as they stand: original, amendments and cancellations", m => m.Committed),
        ("cancelled", "Quantities taken back by cancellations", m => m.Cancelled),
        ("delivered", "Deliveries at or past `min_stage`", m => m.Delivered),
        ("credited", "Deliveries to each commitment, up to its committed quantity", m => m.Credited),
        ("surplus", "Deliveries to each commitment beyond its committed quantity", m => m.Surplus),
        ("unpledged", "The part of the row's deliveries that belongs to no commitment", m => m.Unpledged),
        ("outstanding", "The part of each commitment that is still to come", m => m.Outstanding),
        ("overdue", "Outstanding past the deadline in force", m => m.Overdue),
        ("overdue_original", "Outstanding past the first deadline", m => m.OverdueOriginal),
        ("unmet_need", "The part of each request that neither commitments nor later unpledged deliveries cover, of any donor", m => m.UnmetNeed),
    ];
}
