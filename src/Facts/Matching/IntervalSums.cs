namespace Facts;

/// <summary>A sum of intervals, each of which counts on some days only. It changes in steps.</summary>
public sealed class IntervalSums
{
    // By day: the change of the low, of the high, and of the number of intervals without an upper bound.
    readonly SortedDictionary<DateOnly, (decimal Low, decimal High, int Unbounded)> _changes = [];

    /// <summary>Adds an interval from a day, inclusive, until a day, exclusive. A null end is no end.</summary>
    public void Add(Interval number, DateOnly from, DateOnly? until)
    {
        if (number == Interval.Zero || until <= from) return;
        Change(from, number.Low, number.High ?? 0, number.High is null ? 1 : 0);
        if (until is { } end) Change(end, -number.Low, -(number.High ?? 0), number.High is null ? -1 : 0);
    }

    /// <summary>The sums in the order of days: each holds from its day, inclusive, until the day of the next. The first holds from the beginning.</summary>
    public List<(DateOnly From, Interval Sum)> Steps()
    {
        var steps = new List<(DateOnly, Interval)> { (DateOnly.MinValue, Interval.Zero) };
        var (low, high, unbounded, last) = (0m, 0m, 0, Interval.Zero);
        foreach (var (day, change) in _changes)
        {
            (low, high, unbounded) = (low + change.Low, high + change.High, unbounded + change.Unbounded);
            var sum = new Interval(low, unbounded > 0 ? null : high);
            if (sum == last) continue;
            if (day == DateOnly.MinValue) steps.Clear();
            steps.Add((day, sum));
            last = sum;
        }
        return steps;
    }

    void Change(DateOnly day, decimal low, decimal high, int unbounded)
    {
        var before = _changes.GetValueOrDefault(day);
        _changes[day] = (before.Low + low, before.High + high, before.Unbounded + unbounded);
    }
}
