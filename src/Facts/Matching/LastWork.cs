namespace Facts;

/// <summary>
/// The working values of a fact as last computed. They hold for another day too, if no date of its claims begins or ends between the two days.
/// </summary>
internal sealed class LastWork<TWork> where TWork : class
{
    sealed record Computed(DateOnly Day, TWork? Work);

    // Replaced as a whole, so that computations side by side see one or the other.
    Computed? _last;

    /// <summary>The working values on a day; null if the fact does not exist on it. The caller copies them before it changes them.</summary>
    public TWork? On(DateOnly day, IReadOnlyList<Claim> claims, Func<TWork?> compute)
    {
        if (_last is { } last && !ChangesBetween(claims, last.Day, day)) return last.Work;
        var work = compute();
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
