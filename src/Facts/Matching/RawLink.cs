namespace Facts;

/// <summary>A link whose low may exceed its high, since lows and highs are allocated separately.</summary>
internal sealed record RawLink(CommitmentWork Commitment, DeliveryWork Delivery, Interval Quantity, bool Explicit);
