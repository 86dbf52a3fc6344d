namespace Facts;

/// <summary>The state of a partition on a day, by fact.</summary>
internal sealed class PartitionOnDay(PartitionState state)
{
    Dictionary<Delivery, DeliveryWork>? _deliveries;

    public IEnumerable<CommitmentWork> Commitments => state.Commitments;

    public CommitmentWork? Of(Commitment commitment) => state.ByCommitment.GetValueOrDefault(commitment);

    /// <summary>True if some of the delivery went to no commitment.</summary>
    public bool IsUnpledged(Delivery delivery)
    {
        _deliveries ??= state.Deliveries.Where(d => !d.Unexplained).ToDictionary(d => d.Delivery);
        return _deliveries.GetValueOrDefault(delivery) is { Counts: true, Value: not null } d && d.Unpledged.InOrder().High is not 0;
    }

    /// <summary>True if deliveries count towards the commitment and some of it may be outstanding.</summary>
    public bool IsOpen(Commitment commitment) => Of(commitment) is { TakesPart: true } c && (c.Residual - c.Delivered)?.High is not 0;
}
