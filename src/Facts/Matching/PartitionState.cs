namespace Facts;

/// <summary>A partition from a view: its facts with their numbers, and what went where.</summary>
internal sealed record PartitionState(IReadOnlyList<CommitmentWork> Commitments, IReadOnlyList<DeliveryWork> Deliveries, IReadOnlyList<RawLink> Links);
