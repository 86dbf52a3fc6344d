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
}
