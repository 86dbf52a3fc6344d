namespace Facts;

/// <summary>Disjoint sets of the numbers from 0 to <paramref name="count"/> - 1 (union-find).</summary>
public sealed class DisjointSets(int count)
{
    readonly int[] _parents = [.. Enumerable.Range(0, count)];

    /// <summary>A number of the set of <paramref name="i"/>, the same for all numbers of the set until sets are joined.</summary>
    public int Find(int i)
    {
        while (_parents[i] != i) i = _parents[i] = _parents[_parents[i]];
        return i;
    }

    /// <summary>Joins the sets of two numbers.</summary>
    public void Join(int a, int b) => _parents[Find(a)] = Find(b);
}
