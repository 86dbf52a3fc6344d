namespace Facts;

/// <summary>
/// An independent slice of commitments and deliveries. They have equal donors, recipient and unit and items of which one is above the other, or they are
/// connected by a key, by <c>part_of</c> or by an editor's link. A store keeps all items of a category together, which are several of these slices.
/// Facts of different partitions never affect each other, except through unmet need.
/// This is not a PostgreSQL table partition.
/// </summary>
internal sealed class Partition(IReadOnlyList<Commitment> commitments, IReadOnlyList<Delivery> deliveries, ItemTree items)
{
    readonly Dictionary<DateOnly, IReadOnlyDictionary<Commitment, Interval>> _uncancellable = [];
    readonly List<DateOnly> _openDays = [.. commitments.SelectMany(c => c.Changes).Where(c => c.IsOpenEnded).Select(c => c.Window.End)
        .Where(d => d != DateOnly.MaxValue).Distinct().Order()];

    readonly LastWork<CommitmentWork>[] _commitmentWork = [.. commitments.Select(_ => new LastWork<CommitmentWork>())];
    readonly LastWork<DeliveryWork>[] _deliveryWork = [.. deliveries.Select(_ => new LastWork<DeliveryWork>())];

    public IReadOnlyList<Commitment> Commitments => commitments;
    public IReadOnlyList<Delivery> Deliveries => deliveries;

    /// <summary>Computes the working values of all its facts and their links.</summary>
    public PartitionState At(EvaluationOptions options) => At(options, DateOnly.MaxValue);

    PartitionState At(EvaluationOptions options, DateOnly openBefore)
    {
        // Each cancellation without a number depends on earlier ones. Computing them in order keeps the recursion one level deep.
        foreach (var day in _openDays.TakeWhile(d => d <= options.AsOf && d < openBefore)) Uncancellable(day);
        var states = commitments.Select((c, i) => WorkOf(c, i, options.AsOf, openBefore)).OfType<CommitmentWork>().ToDictionary(s => s.Commitment);
        CommitmentParts.TakeOut(states);
        var events = deliveries.Select((d, i) => WorkOf(d, i, options)).OfType<DeliveryWork>().ToList();
        var increments = events.FindAll(d => !d.Delivery.IsCumulative);
        var totals = events.FindAll(d => d.Delivery.IsCumulative && d.Counts);
        var rejected = increments.FindAll(d => d.Rejections.Count > 0);
        var cumulative = new CumulativeTotals(increments.FindAll(d => d.Counts), totals, rejected, items, options.AsOf);
        return new Allocation(states, increments, cumulative, items, options).Run();
    }

    // A commitment with an open-ended cancellation depends on the other facts, so its working values are not kept.
    CommitmentWork? WorkOf(Commitment commitment, int index, DateOnly day, DateOnly openBefore)
    {
        return commitment.Changes.Any(c => c.IsOpenEnded) ? Compute() : _commitmentWork[index].On(day, commitment.Claims, Compute)?.Copy();

        CommitmentWork? Compute() =>
            CommitmentWork.At(commitment, day, openBefore, on => Uncancellable(on).GetValueOrDefault(commitment, Interval.Zero));
    }

    // The default stage only, since most questions are asked at that.
    DeliveryWork? WorkOf(Delivery delivery, int index, EvaluationOptions options) => options.MinStage != Stage.Arrived ? DeliveryWork.At(delivery, options)
        : _deliveryWork[index].On(options.AsOf, delivery.SupportingClaims, () => DeliveryWork.At(delivery, options))?.Copy();

    // The amount of each commitment that a cancellation without a number cannot take back at the end of a day: delivered goods and its parts.
    IReadOnlyDictionary<Commitment, Interval> Uncancellable(DateOnly day)
    {
        lock (_uncancellable)
        {
            if (!_uncancellable.TryGetValue(day, out var amounts))
                _uncancellable[day] = amounts = At(EvaluationOptions.Default(day), openBefore: day).Commitments
                    .ToDictionary(s => s.Commitment, s => s.HasTakingParts ? s.Delivered + s.PartsNow : s.Delivered);
            return amounts;
        }
    }
}
