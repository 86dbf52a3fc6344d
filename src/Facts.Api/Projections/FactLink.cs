namespace Facts.Api.Projections;

/// <summary>The quantity of a delivery that goes to a commitment.</summary>
internal sealed record FactLink
{
    /// <summary>Number of the commitment.</summary>
    public required long CommitmentId { get; init; }

    /// <summary>Number of the delivery.</summary>
    public required long DeliveryId { get; init; }

    /// <summary>The quantity that certainly goes to the commitment.</summary>
    public required decimal QuantityLow { get; init; }

    /// <summary>The quantity that possibly goes to the commitment; null without upper bound.</summary>
    public required decimal? QuantityHigh { get; init; }

    /// <summary>True where a claim or an editor links the two; false where they were matched.</summary>
    public required bool Explicit { get; init; }

    public static FactLink From(LinkRow link) => new()
    {
        CommitmentId = link.CommitmentId,
        DeliveryId = link.DeliveryId,
        QuantityLow = link.QuantityLow,
        QuantityHigh = link.QuantityHigh,
        Explicit = link.Explicit,
    };
}
