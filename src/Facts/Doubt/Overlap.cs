namespace Facts;

/// <summary>Computes how much of a row's low may be counted twice (docs/semantics.md#doubt).</summary>
public static class Overlap
{
    /// <summary>
    /// For each set of facts that open pairs connect: the sum of their lows less the largest of them. Example: commitments of 2, 2 and 3 of which any two are a
    /// pair may be one of 3, so 4 may be counted twice.
    /// </summary>
    /// <param name="pairs">The open pairs. Pairs with a fact that is not in <paramref name="lows"/> are left out.</param>
    /// <param name="lows">The certain number of each fact of the row.</param>
    public static decimal Sum<TFact>(IEnumerable<(TFact A, TFact B)> pairs, IReadOnlyDictionary<TFact, decimal> lows) where TFact : notnull
    {
        var indexes = new Dictionary<TFact, int>(lows.Count);
        foreach (var fact in lows.Keys) indexes.Add(fact, indexes.Count);
        var sets = new DisjointSets(lows.Count);
        foreach (var (a, b) in pairs)
            if (indexes.TryGetValue(a, out var i) && indexes.TryGetValue(b, out var j)) sets.Join(i, j);
        return indexes.GroupBy(i => sets.Find(i.Value), i => lows[i.Key]).Sum(set => set.Sum() - set.Max());
    }

    /// <summary>The sets of facts that pairs connect, directly or through others.</summary>
    public static IReadOnlyList<IReadOnlyList<TFact>> ConnectedSets<TFact>(IEnumerable<(TFact A, TFact B)> pairs) where TFact : notnull
    {
        var indexes = new Dictionary<TFact, int>();
        var edges = new List<(int A, int B)>();
        foreach (var (a, b) in pairs)
        {
            indexes.TryAdd(a, indexes.Count);
            indexes.TryAdd(b, indexes.Count);
            edges.Add((indexes[a], indexes[b]));
        }
        var sets = new DisjointSets(indexes.Count);
        foreach (var (a, b) in edges) sets.Join(a, b);
        return [.. indexes.GroupBy(i => sets.Find(i.Value), i => i.Key).Select(set => (IReadOnlyList<TFact>)[.. set])];
    }

    /// <summary>The part of the committed low of these fact states that may be counted twice.</summary>
    public static decimal SumOfCommitted(IEnumerable<FactState> states) =>
        Sum(states.OfType<CommitmentState>().Where(c => c.Firmness != Firmness.Intent), c => c.Measures.Committed);

    /// <summary>The part of the delivered low of these fact states that may be counted twice.</summary>
    public static decimal SumOfDelivered(IEnumerable<FactState> states) =>
        Sum(states.OfType<DeliveryState>().Where(d => !d.Unexplained), d => d.Measures.Delivered);

    static decimal Sum<TState>(IEnumerable<TState> states, Func<TState, Interval?> measure) where TState : FactState
    {
        var paired = states.Where(s => s.Overlapping.Count > 0).ToList();
        return paired.Count < 2 ? 0
            : Sum(paired.SelectMany(s => s.Overlapping, (s, other) => (s.Fact, other)), paired.ToDictionary(s => s.Fact, s => measure(s)?.InOrder().Low ?? 0));
    }
}
