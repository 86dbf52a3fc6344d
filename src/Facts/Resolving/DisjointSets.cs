namespace Facts;

/// <summary>Disjoint sets of the numbers from 0 to <paramref name="count"/> - 1 (union-find).</summary>
internal sealed class DisjointSets(int count)
{
    readonly int[] _parents = [.. Enumerable.Range(0, count)];

    public int Find(int i)
    {
        while (_parents[i] != i) i = _parents[i] = _parents[_parents[i]];
        return i;
    }

    public void Join(int a, int b) => _parents[Find(a)] = Find(b);
}
