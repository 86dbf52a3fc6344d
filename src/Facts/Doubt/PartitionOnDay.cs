namespace Facts;

/// <summary>The state of a partition on a day, by fact.</summary>
/// <param name="state">The state.</param>
/// <param name="deliveries">Number of deliveries of the partition.</param>
internal sealed class PartitionOnDay(PartitionState state, int deliveries)
{
    // By the place of a delivery; null where it does not exist on the day.
    DeliveryWork?[]? _deliveries;

    public IReadOnlyList<CommitmentWork> Commitments => state.Commitments.All;

    public CommitmentWork? Of(Commitment commitment) => state.Commitments.Of(commitment);

    /// <summary>True if some of the delivery went to no commitment.</summary>
    public bool IsUnpledged(Delivery delivery)
    {
        if (_deliveries is null)
        {
            _deliveries = new DeliveryWork?[deliveries];
            foreach (var work in state.Deliveries)
                if (!work.Unexplained) _deliveries[work.Delivery.Place] = work;
        }
        return _deliveries[delivery.Place] is { Counts: true, Value: not null } d && d.Unpledged.InOrder().High is not 0;
    }

    /// <summary>True if deliveries count towards the commitment and some of it may be outstanding.</summary>
    public bool IsOpen(Commitment commitment) => Of(commitment) is { TakesPart: true } c && (c.Residual - c.Delivered)?.High is not 0;
}
