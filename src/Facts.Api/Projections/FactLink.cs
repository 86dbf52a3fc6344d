namespace Facts.Api.Projections;

/// <summary>How much of a delivery goes to a commitment.</summary>
internal sealed record FactLink
{
    /// <summary>Number of the commitment.</summary>
    public required long CommitmentId { get; init; }

    /// <summary>Number of the delivery.</summary>
    public required long DeliveryId { get; init; }

    /// <summary>What certainly goes there.</summary>
    public required decimal QuantityLow { get; init; }

    /// <summary>What possibly goes there; null without bound.</summary>
    public required decimal? QuantityHigh { get; init; }

    /// <summary>Whether a claim or an editor says so; else it was matched.</summary>
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
