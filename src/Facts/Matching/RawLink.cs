namespace Facts;

/// <summary>A link whose low may exceed its high, since lows and highs are allocated separately.</summary>
internal readonly record struct RawLink(CommitmentWork Commitment, DeliveryWork Delivery, Interval Quantity, bool Explicit);
