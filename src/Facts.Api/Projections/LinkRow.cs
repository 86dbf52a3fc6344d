namespace Facts.Api.Projections;

/// <summary>The quantity of a delivery that went to a commitment. <see cref="Explicit"/> is true where a claim or an editor says so.</summary>
internal sealed class LinkRow : DatedRow
{
    public long CommitmentId { get; set; }
    public long DeliveryId { get; set; }
    public bool Explicit { get; set; }
    public decimal QuantityLow { get; set; }
    public decimal? QuantityHigh { get; set; }
}
