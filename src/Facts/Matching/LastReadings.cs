namespace Facts;

/// <summary>
/// The readings of a fact on the days for which they were made last. They hold for another day too, if no date of its claims begins or ends between
/// the two days.
/// </summary>
internal sealed class LastReadings<TReading> where TReading : class
{
    /// <summary>Number of days that are kept. Most facts have two values in all: none before their day, and one from then on.</summary>
    const int Days = 4;

    sealed record Computed(DateOnly Day, TReading? Reading);

    // Replaced as a whole, so that computations side by side see the one or the other. The latest computed comes first.
    Computed[] _computed = [];

    /// <summary>Tells if a reading is kept that holds on a day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="claims">The claims of the fact.</param>
    /// <param name="reading">The reading; null if the fact does not exist on the day.</param>
    public bool HoldsOn(DateOnly day, IReadOnlyList<Claim> claims, out TReading? reading)
    {
        foreach (var computed in _computed)
            if (computed.Day == day || !ChangesBetween(claims, computed.Day, day))
            {
                reading = computed.Reading;
                return true;
            }
        reading = null;
        return false;
    }

    /// <summary>Keeps a reading, and returns it.</summary>
    public TReading? Keep(DateOnly day, TReading? reading)
    {
        _computed = [new(day, reading), .. _computed.Take(Days - 1)];
        return reading;
    }

    static bool ChangesBetween(IReadOnlyList<Claim> claims, DateOnly one, DateOnly other)
    {
        var (first, last) = one < other ? (one, other) : (other, one);
        for (var i = 0; i < claims.Count; i++)
            if (BeginsOrEnds(claims[i].Stated) || claims[i].Happened is { } happened && BeginsOrEnds(happened)) return true;
        return false;

        bool BeginsOrEnds(FuzzyDate date) => DateWindow.From(date) is var w && (IsBetween(w.Begin) || IsBetween(w.End));

        bool IsBetween(DateOnly day) => first < day && day <= last;
    }
}
