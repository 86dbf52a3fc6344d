namespace Facts;

/// <summary>A link whose ends may not be in order: lows and highs are allocated in separate passes.</summary>
internal sealed record RawLink(CommitmentWork Commitment, DeliveryWork Delivery, Interval Quantity, bool Explicit);
