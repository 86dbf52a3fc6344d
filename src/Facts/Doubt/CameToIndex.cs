namespace Facts;

/// <summary>Commitments by the numbers that they have come to, so that a pledge finds those that it may repeat without going through all.</summary>
internal sealed class CameToIndex
{
    readonly Dictionary<Interval, List<CameTo>> _byNumber = [];

    // Commitments without a deadline of which something between two numbers is outstanding. Any size between the two may repeat them.
    readonly List<CameTo> _inexact = [];

    // At i: i itself, or where the commitment at i has all its pairs, a place before it from where to go on.
    readonly List<int> _open = [];

    /// <summary>Adds a commitment. To be called in the order of dates.</summary>
    public void Add(CameTo commitment)
    {
        var (size, current, whole, outstanding) = (commitment.Fact.Size, commitment.Current, commitment.Whole, commitment.Outstanding);
        AddTo(size, commitment);
        if (current != size) AddTo(current, commitment);
        if (whole != size && whole != current) AddTo(whole, commitment);
        if (outstanding != size && outstanding != current && outstanding != whole) AddTo(outstanding, commitment);
        if (commitment is not { Due: null, Outstanding: { } open } || open.High == open.Low) return;
        _open.Add(_inexact.Count);
        _inexact.Add(commitment);
    }

    void AddTo(Interval? number, CameTo commitment)
    {
        if (number is not { } known) return;
        if (!_byNumber.TryGetValue(known, out var same)) _byNumber[known] = same = [];
        same.Add(commitment);
    }

    /// <summary>The commitments dated before a pledge that it may repeat, the latest first.</summary>
    /// <param name="pledge">The pledge.</param>
    /// <param name="isFull">Tells if a commitment has so many pairs of this kind that it takes no more. Once true it stays true.</param>
    public IEnumerable<CameTo> Before(ComparedFact pledge, Func<Fact, bool> isFull)
    {
        var same = pledge.Size is { } number ? _byNumber.GetValueOrDefault(number, []) : [];
        var i = Last(same, pledge);
        var j = pledge is { Due: null, Size: { } size } ? LastInexact(Last(_inexact, pledge), size, isFull) : -1;
        while (i >= 0 || j >= 0)
            if (j < 0 || i >= 0 && same[i].Fact.When.CompareTo(_inexact[j].Fact.When) >= 0) yield return same[i--];
            else
            {
                yield return _inexact[j];
                j = LastInexact(j - 1, pledge.Size!.Value, isFull);
            }
    }

    // Index of the last commitment, from a place backwards, of which a size may be outstanding; -1 if there is none. Those that are full are left out of later
    // searches, since in a crowd nearly all are.
    int LastInexact(int from, Interval size, Func<Fact, bool> isFull)
    {
        for (var at = Open(from); at >= 0; at = Open(at - 1))
            if (isFull(_inexact[at].Fact.Fact)) _open[at] = at - 1;
            else if (_inexact[at].Outstanding!.Value.Contains(size)) return at;
        return -1;
    }

    int Open(int at)
    {
        while (at >= 0 && _open[at] != at)
        {
            var before = _open[at];
            if (before >= 0) _open[at] = _open[before];
            at = before;
        }
        return at;
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
