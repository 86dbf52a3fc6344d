namespace Facts;

/// <summary>
/// An independent slice of commitments and deliveries. They have equal donors, recipient and unit and items of which one is above the other, or they are
/// connected by a key, by <c>part_of</c> or by an editor's link. A store keeps all items of a category together, which are several of these slices.
/// Facts of different partitions never affect each other, except through unmet need.
/// This is not a PostgreSQL table partition.
/// </summary>
internal sealed class Partition
{
    readonly ItemTree _items;
    readonly Dictionary<DateOnly, IReadOnlyDictionary<Commitment, Interval>> _uncancellable = [];
    readonly List<DateOnly> _openDays;

    public Partition(IReadOnlyList<Commitment> commitments, IReadOnlyList<Delivery> deliveries, ItemTree items)
    {
        (Commitments, Deliveries, _items) = (commitments, deliveries, items);
        for (var i = 0; i < commitments.Count; i++) commitments[i].Place = i;
        for (var i = 0; i < deliveries.Count; i++) deliveries[i].Place = i;
        _openDays =
        [
            .. commitments.Where(c => c.HasOpenEndedChange).SelectMany(c => c.Changes).Where(c => c.IsOpenEnded).Select(c => c.Window.End)
                .Where(d => d != DateOnly.MaxValue).Distinct().Order(),
        ];
    }

    public IReadOnlyList<Commitment> Commitments { get; }
    public IReadOnlyList<Delivery> Deliveries { get; }

    /// <summary>Computes the working values of all its facts and their links.</summary>
    public PartitionState At(EvaluationOptions options) => At(options, DateOnly.MaxValue);

    PartitionState At(EvaluationOptions options, DateOnly openBefore)
    {
        // Each cancellation without a number depends on earlier ones. Computing them in order keeps the recursion one level deep.
        foreach (var day in _openDays)
            if (day <= options.AsOf && day < openBefore) Uncancellable(day);
            else break;
        var commitments = new CommitmentWorks(Commitments.Count);
        foreach (var commitment in Commitments)
            if (ReadingOf(commitment, options.AsOf, openBefore) is { } reading) commitments.Add(new(reading));
        CommitmentParts.TakeOut(commitments);
        var (increments, totals) = (new List<DeliveryWork>(Deliveries.Count), new List<DeliveryWork>());
        foreach (var delivery in Deliveries)
            if (ReadingOf(delivery, options) is not { } reading) continue;
            else if (!delivery.IsCumulative) increments.Add(new(reading));
            else if (reading.Counts) totals.Add(new(reading));
        var cumulative = totals.Count == 0 ? null
            : new CumulativeTotals(increments.FindAll(d => d.Counts), totals, increments.FindAll(d => d.Rejections.Count > 0), _items, options.AsOf);
        return new Allocation(commitments, increments, cumulative, _items, options).Run();
    }

    // A commitment with an open-ended cancellation depends on the other facts, so its reading is not kept.
    CommitmentReading? ReadingOf(Commitment commitment, DateOnly day, DateOnly openBefore)
    {
        if (!commitment.HasOpenEndedChange && commitment.LastReadings.HoldsOn(day, commitment.Claims, out var last)) return last;
        var reading = CommitmentReading.At(commitment, day, openBefore, on => Uncancellable(on).GetValueOrDefault(commitment, Interval.Zero));
        return commitment.HasOpenEndedChange ? reading : commitment.LastReadings.Keep(day, reading);
    }

    // The default stage only, since most questions are asked at that.
    static DeliveryReading? ReadingOf(Delivery delivery, EvaluationOptions options)
    {
        if (options.MinStage != Stage.Arrived) return DeliveryReading.At(delivery, options);
        if (delivery.LastReadings.HoldsOn(options.AsOf, delivery.SupportingClaims, out var last)) return last;
        return delivery.LastReadings.Keep(options.AsOf, DeliveryReading.At(delivery, options));
    }

    // The amount of each commitment that a cancellation without a number cannot take back at the end of a day: delivered goods and its parts.
    IReadOnlyDictionary<Commitment, Interval> Uncancellable(DateOnly day)
    {
        lock (_uncancellable)
        {
            if (!_uncancellable.TryGetValue(day, out var amounts))
                _uncancellable[day] = amounts = At(EvaluationOptions.Default(day), openBefore: day).Commitments.All
                    .ToDictionary(s => s.Commitment, s => s.HasTakingParts ? s.Delivered + s.PartsNow : s.Delivered);
            return amounts;
        }
    }
}
