namespace Facts;

/// <summary>
/// What of a delivery went to a commitment, the two ends in order. A running total's unexplained rest has the total's fact as its delivery.
/// </summary>
public sealed record Link(Commitment Commitment, Delivery Delivery, Interval Quantity, bool Explicit);
