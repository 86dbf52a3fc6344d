namespace Facts;

/// <summary>A partition on a day: the working values of its facts, and its links.</summary>
internal sealed record PartitionState(CommitmentWorks Commitments, IReadOnlyList<DeliveryWork> Deliveries, IReadOnlyList<RawLink> Links);
