namespace Facts;

/// <summary>
/// Commitments and deliveries that may touch one another: the same donors, recipient and unit and items in one tree, or tied by a key, a whole or an editor's link.
/// What lies in different neighbourhoods never meets.
/// </summary>
internal sealed class Neighbourhood(IReadOnlyList<Commitment> commitments, IReadOnlyList<Delivery> deliveries, ItemTree items)
{
    readonly Dictionary<DateOnly, IReadOnlyDictionary<Commitment, Interval>> _held = [];
    readonly List<DateOnly> _openDays = [.. commitments.SelectMany(c => c.Changes).Where(c => c.IsOpenEnded).Select(c => c.Period.End)
        .Where(d => d != DateOnly.MaxValue).Distinct().Order()];

    public IReadOnlyList<Commitment> Commitments => commitments;
    public IReadOnlyList<Delivery> Deliveries => deliveries;

    /// <summary>How all of them stand.</summary>
    public Situation At(View view) => At(view, DateOnly.MaxValue);

    Situation At(View view, DateOnly openBefore)
    {
        // Earlier cancellations first, so that none has to wait for a chain of others.
        foreach (var day in _openDays.TakeWhile(d => d <= view.AsOf && d < openBefore)) Held(day);
        var states = commitments.Select(c => CommitmentState.At(c, view.AsOf, openBefore, day => Held(day).GetValueOrDefault(c, Interval.Zero))).OfType<CommitmentState>()
            .ToDictionary(s => s.Commitment);
        Parts.TakeOut(states);
        var events = deliveries.Select(d => DeliveryState.At(d, view)).OfType<DeliveryState>().ToList();
        var increments = events.FindAll(d => !d.Delivery.IsRunningTotal);
        var totals = events.FindAll(d => d.Delivery.IsRunningTotal && d.Counts);
        return new Allocation(states, increments, new(increments.FindAll(d => d.Counts), totals, increments.FindAll(d => d.Rejections.Count > 0), items, view.AsOf), items, view).Run();
    }

    // What is kept of each when cancellations without a number take effect at the end of a day: what was delivered to it, and what is in its parts.
    IReadOnlyDictionary<Commitment, Interval> Held(DateOnly day)
    {
        lock (_held)
        {
            if (!_held.TryGetValue(day, out var held))
                _held[day] = held = At(View.Default(day), openBefore: day).Commitments
                    .ToDictionary(s => s.Commitment, s => s.HasTakingParts ? s.Delivered + s.PartsNow : s.Delivered);
            return held;
        }
    }
}

/// <summary>A neighbourhood from a view: its facts with their numbers, and what went where.</summary>
internal sealed record Situation(IReadOnlyList<CommitmentState> Commitments, IReadOnlyList<DeliveryState> Deliveries, IReadOnlyList<RawLink> Links);

/// <summary>A link whose ends may not be in order: lows and highs are allocated in separate passes.</summary>
internal sealed record RawLink(CommitmentState Commitment, DeliveryState Delivery, Interval Quantity, bool Explicit);
