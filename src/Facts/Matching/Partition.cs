namespace Facts;

/// <summary>
/// Commitments and deliveries that may touch one another: the same donors, recipient and unit and items in one tree, or tied by a key, a whole or an editor's link.
/// What lies in different partitions never meets.
/// </summary>
internal sealed class Partition(IReadOnlyList<Commitment> commitments, IReadOnlyList<Delivery> deliveries, ItemTree items)
{
    readonly Dictionary<DateOnly, IReadOnlyDictionary<Commitment, Interval>> _held = [];
    readonly List<DateOnly> _openDays = [.. commitments.SelectMany(c => c.Changes).Where(c => c.IsOpenEnded).Select(c => c.Window.End)
        .Where(d => d != DateOnly.MaxValue).Distinct().Order()];

    public IReadOnlyList<Commitment> Commitments => commitments;
    public IReadOnlyList<Delivery> Deliveries => deliveries;

    /// <summary>How all of them stand.</summary>
    public PartitionState At(EvaluationOptions view) => At(view, DateOnly.MaxValue);

    PartitionState At(EvaluationOptions view, DateOnly openBefore)
    {
        // Earlier cancellations first, so that none has to wait for a chain of others.
        foreach (var day in _openDays.TakeWhile(d => d <= view.AsOf && d < openBefore)) Held(day);
        var states = commitments.Select(c => CommitmentWork.At(c, view.AsOf, openBefore, day => Held(day).GetValueOrDefault(c, Interval.Zero))).OfType<CommitmentWork>()
            .ToDictionary(s => s.Commitment);
        CommitmentParts.TakeOut(states);
        var events = deliveries.Select(d => DeliveryWork.At(d, view)).OfType<DeliveryWork>().ToList();
        var increments = events.FindAll(d => !d.Delivery.IsCumulative);
        var totals = events.FindAll(d => d.Delivery.IsCumulative && d.Counts);
        return new Allocation(states, increments, new(increments.FindAll(d => d.Counts), totals, increments.FindAll(d => d.Rejections.Count > 0), items, view.AsOf), items, view).Run();
    }

    // What is kept of each when cancellations without a number take effect at the end of a day: what was delivered to it, and what is in its parts.
    IReadOnlyDictionary<Commitment, Interval> Held(DateOnly day)
    {
        lock (_held)
        {
            if (!_held.TryGetValue(day, out var held))
                _held[day] = held = At(EvaluationOptions.Default(day), openBefore: day).Commitments
                    .ToDictionary(s => s.Commitment, s => s.HasTakingParts ? s.Delivered + s.PartsNow : s.Delivered);
            return held;
        }
    }
}
