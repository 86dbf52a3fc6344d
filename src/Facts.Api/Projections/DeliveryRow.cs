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

    /// <summary>
    /// True where <see cref="UnpledgedLow"/> and <see cref="UnpledgedHigh"/> were swapped into ascending order for callers. Sums use the original order.
    /// </summary>
    public bool UnpledgedExchanged { get; set; }
}
