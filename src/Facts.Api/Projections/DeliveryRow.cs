namespace Facts.Api.Projections;

internal sealed class DeliveryRow : FactRow
{
    public string? HappenedOn { get; set; }
    public DateOnly? HappenedFrom { get; set; }
    public DateOnly? HappenedTo { get; set; }
    public string? Stage { get; set; }
    public bool Unexplained { get; set; }
    public decimal? DeliveredLow { get; set; }
    public decimal? DeliveredHigh { get; set; }
    public decimal? UnpledgedLow { get; set; }
    public decimal? UnpledgedHigh { get; set; }

    /// <summary>Whether the ends of what is unpledged were exchanged for showing: sums use them as they were.</summary>
    public bool UnpledgedExchanged { get; set; }
}
