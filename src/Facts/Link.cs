namespace Facts;

/// <summary>
/// The part of a delivery that went to a commitment. Low is never above high in <see cref="Quantity"/>.
/// For the unexplained remainder of a cumulative total, <see cref="Delivery"/> is the total's fact.
/// </summary>
public sealed record Link(Commitment Commitment, Delivery Delivery, Interval Quantity, bool Explicit);
