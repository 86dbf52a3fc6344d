namespace Facts.Api.Projections;

/// <summary>How much of a delivery went to a commitment, and whether somebody said so.</summary>
internal sealed class LinkRow : DatedRow
{
    public long CommitmentId { get; set; }
    public long DeliveryId { get; set; }
    public bool Explicit { get; set; }
    public decimal QuantityLow { get; set; }
    public decimal? QuantityHigh { get; set; }
}
