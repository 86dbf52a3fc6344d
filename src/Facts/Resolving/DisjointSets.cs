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

    /// <summary>The numbers of each set, ascending. The sets are in the order of their smallest numbers.</summary>
    public List<List<int>> Sets()
    {
        var (sets, byName) = (new List<List<int>>(), new List<int>?[_parents.Length]);
        for (var i = 0; i < _parents.Length; i++)
        {
            var name = Find(i);
            if (byName[name] is null) sets.Add(byName[name] = []);
            byName[name]!.Add(i);
        }
        return sets;
    }
}
