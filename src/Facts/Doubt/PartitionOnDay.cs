namespace Facts;

/// <summary>The state of a partition on a day, by fact.</summary>
internal sealed class PartitionOnDay(PartitionState state)
{
    readonly Dictionary<Commitment, CommitmentWork> _commitments = state.Commitments.ToDictionary(c => c.Commitment);
    readonly Dictionary<Delivery, DeliveryWork> _deliveries = state.Deliveries.Where(d => !d.Unexplained).ToDictionary(d => d.Delivery);

    public IEnumerable<CommitmentWork> Commitments => _commitments.Values;

    public CommitmentWork? Of(Commitment commitment) => _commitments.GetValueOrDefault(commitment);

    /// <summary>True if some of the delivery went to no commitment.</summary>
    public bool IsUnpledged(Delivery delivery) =>
        _deliveries.GetValueOrDefault(delivery) is { Counts: true, Value: not null } d && d.Unpledged.InOrder().High is not 0;

    /// <summary>True if deliveries count towards the commitment and some of it may be outstanding.</summary>
    public bool IsOpen(Commitment commitment) => Of(commitment) is { TakesPart: true } c && (c.Residual - c.Delivered)?.High is not 0;
}
