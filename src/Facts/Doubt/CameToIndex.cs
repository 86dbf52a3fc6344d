namespace Facts;

/// <summary>Commitments by the numbers that they have come to, so that a pledge finds those that it may repeat without going through all.</summary>
internal sealed class CameToIndex
{
    readonly Dictionary<Interval, List<CameTo>> _byNumber = [];
    readonly List<CameTo> _inexact = [];

    /// <summary>Adds a commitment. To be called in the order of dates.</summary>
    public void Add(CameTo commitment)
    {
        foreach (var number in new[] { commitment.Fact.Size, commitment.Current, commitment.Whole, commitment.Outstanding }.OfType<Interval>().Distinct())
        {
            if (!_byNumber.TryGetValue(number, out var same)) _byNumber[number] = same = [];
            same.Add(commitment);
        }
        if (commitment.Outstanding is { } open && open.High != open.Low) _inexact.Add(commitment);
    }

    /// <summary>The commitments dated before a pledge that it may repeat, the latest first.</summary>
    public IEnumerable<CameTo> Before(ComparedFact pledge)
    {
        var same = pledge.Size is { } number ? _byNumber.GetValueOrDefault(number, []) : [];
        var (i, j) = (Last(same, pledge), Last(_inexact, pledge));
        while (i >= 0 || j >= 0)
            if (j < 0 || i >= 0 && same[i].Fact.When.CompareTo(_inexact[j].Fact.When) >= 0) yield return same[i--];
            else yield return _inexact[j--];
    }

    // Index of the last commitment that is dated before the pledge; -1 if there is none.
    static int Last(List<CameTo> sorted, ComparedFact pledge)
    {
        var (low, high) = (0, sorted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle].Fact.When.CompareTo(pledge.When) < 0) low = middle + 1;
            else high = middle;
        }
        return low - 1;
    }
}
