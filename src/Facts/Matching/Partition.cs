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

    public IReadOnlyList<Commitment> Commitments => commitments;
    public IReadOnlyList<Delivery> Deliveries => deliveries;

    /// <summary>Computes the working values of all its facts and their links.</summary>
    public PartitionState At(EvaluationOptions options) => At(options, DateOnly.MaxValue);

    PartitionState At(EvaluationOptions options, DateOnly openBefore)
    {
        // Each cancellation without a number depends on earlier ones. Computing them in order keeps the recursion one level deep.
        foreach (var day in _openDays.TakeWhile(d => d <= options.AsOf && d < openBefore)) Uncancellable(day);
        var states = new Dictionary<Commitment, CommitmentWork>(commitments.Count);
        foreach (var commitment in commitments)
            if (WorkOf(commitment, options.AsOf, openBefore) is { } work) states.Add(commitment, work);
        CommitmentParts.TakeOut(states);
        var (increments, totals) = (new List<DeliveryWork>(deliveries.Count), new List<DeliveryWork>());
        foreach (var delivery in deliveries)
            if (WorkOf(delivery, options) is not { } work) continue;
            else if (!work.Delivery.IsCumulative) increments.Add(work);
            else if (work.Counts) totals.Add(work);
        var cumulative = totals.Count == 0 ? null
            : new CumulativeTotals(increments.FindAll(d => d.Counts), totals, increments.FindAll(d => d.Rejections.Count > 0), items, options.AsOf);
        return new Allocation(states, increments, cumulative, items, options).Run();
    }

    // A commitment with an open-ended cancellation depends on the other facts, so its working values are not kept.
    CommitmentWork? WorkOf(Commitment commitment, DateOnly day, DateOnly openBefore)
    {
        var isKept = !commitment.Changes.Any(c => c.IsOpenEnded);
        if (isKept && commitment.LastWork.HoldsOn(day, commitment.Claims, out var last)) return last?.Copy();
        var work = CommitmentWork.At(commitment, day, openBefore, on => Uncancellable(on).GetValueOrDefault(commitment, Interval.Zero));
        return isKept ? commitment.LastWork.Keep(day, work)?.Copy() : work;
    }

    // The default stage only, since most questions are asked at that.
    static DeliveryWork? WorkOf(Delivery delivery, EvaluationOptions options)
    {
        if (options.MinStage != Stage.Arrived) return DeliveryWork.At(delivery, options);
        if (delivery.LastWork.HoldsOn(options.AsOf, delivery.SupportingClaims, out var last)) return last?.Copy();
        return delivery.LastWork.Keep(options.AsOf, DeliveryWork.At(delivery, options))?.Copy();
    }

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
