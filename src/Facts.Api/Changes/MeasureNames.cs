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
        ("cancelled", "Taken back by cancellations", m => m.Cancelled),
        ("delivered", "Deliveries at or past `min_stage`", m => m.Delivered),
        ("credited", "Of each commitment what was delivered to it, at most what is committed", m => m.Credited),
        ("surplus", "Of each commitment what was delivered beyond it", m => m.Surplus),
        ("unpledged", "What of the row's deliveries went to no commitment", m => m.Unpledged),
        ("outstanding", "Of each commitment what is still to come", m => m.Outstanding),
        ("overdue", "Outstanding past the deadline in force", m => m.Overdue),
        ("overdue_original", "Outstanding past the first deadline", m => m.OverdueOriginal),
        ("unmet_need", "Of each request what neither commitments nor unpledged deliveries since cover, whoever gives", m => m.UnmetNeed),
    ];
}
