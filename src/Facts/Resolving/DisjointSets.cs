namespace Facts;

/// <summary>Numbers that are joined into sets.</summary>
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
