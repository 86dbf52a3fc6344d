namespace Facts;

/// <summary>
/// The working values of a fact as last computed. They hold for another day too, if no date of its claims begins or ends between the two days.
/// </summary>
internal sealed class LastWork<TWork> where TWork : class
{
    sealed record Computed(DateOnly Day, TWork? Work);

    // Replaced as a whole, so that computations side by side see one or the other.
    Computed? _last;

    /// <summary>Tells if working values are kept that hold on a day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="claims">The claims of the fact.</param>
    /// <param name="work">The working values; null if the fact does not exist on the day. The caller copies them before it changes them.</param>
    public bool HoldsOn(DateOnly day, IReadOnlyList<Claim> claims, out TWork? work)
    {
        var last = _last;
        work = last?.Work;
        return last is not null && (last.Day == day || !ChangesBetween(claims, last.Day, day));
    }

    /// <summary>Keeps working values, and returns them.</summary>
    public TWork? Keep(DateOnly day, TWork? work)
    {
        _last = new(day, work);
        return work;
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
