namespace Facts.Api.Projections;

internal sealed class CommitmentRow : FactRow
{
    public string? Firmness { get; set; }
    public string Status { get; set; } = "";
    public string? DueOn { get; set; }
    public DateOnly? DueFrom { get; set; }
    public DateOnly? DueTo { get; set; }
    public string? OriginalDueOn { get; set; }

    /// <summary>All deadlines so far, in the order in which they were set.</summary>
    public List<DeadlineRow> Deadlines { get; set; } = [];

    public string? PartOf { get; set; }
    public bool Conditional { get; set; }
    public bool OnHold { get; set; }
    public bool Overdue { get; set; }
    public decimal? IntendedLow { get; set; }
    public decimal? IntendedHigh { get; set; }
    public decimal? OriginalLow { get; set; }
    public decimal? OriginalHigh { get; set; }
    public decimal? CommittedLow { get; set; }
    public decimal? CommittedHigh { get; set; }
    public decimal? CancelledLow { get; set; }
    public decimal? CancelledHigh { get; set; }
    public decimal? DeliveredLow { get; set; }
    public decimal? DeliveredHigh { get; set; }
    public decimal? CreditedLow { get; set; }
    public decimal? CreditedHigh { get; set; }
    public decimal? SurplusLow { get; set; }
    public decimal? SurplusHigh { get; set; }
    public decimal? OutstandingLow { get; set; }
    public decimal? OutstandingHigh { get; set; }
    public decimal? OverdueLow { get; set; }
    public decimal? OverdueHigh { get; set; }
    public decimal? OverdueOriginalLow { get; set; }
    public decimal? OverdueOriginalHigh { get; set; }
}
