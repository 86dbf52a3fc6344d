namespace Facts;

/// <summary>A partition on a day: the working values of its facts, and its links.</summary>
internal sealed record PartitionState(
    IReadOnlyDictionary<Commitment, CommitmentWork> ByCommitment, IReadOnlyList<DeliveryWork> Deliveries, IReadOnlyList<RawLink> Links)
{
    public IEnumerable<CommitmentWork> Commitments => ByCommitment.Values;
}
