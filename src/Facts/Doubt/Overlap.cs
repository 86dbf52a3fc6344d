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
        var (places, numbers) = (new Dictionary<TFact, int>(lows.Count), new List<decimal>(lows.Count));
        foreach (var (fact, low) in lows)
        {
            places.Add(fact, numbers.Count);
            numbers.Add(low);
        }
        var sets = new DisjointSets(numbers.Count);
        foreach (var (a, b) in pairs)
            if (places.TryGetValue(a, out var i) && places.TryGetValue(b, out var j)) sets.Join(i, j);
        return Sum(sets, numbers);
    }

    static decimal Sum(DisjointSets sets, List<decimal> lows)
    {
        var (sums, largest) = (new decimal[lows.Count], new decimal[lows.Count]);
        for (var i = 0; i < lows.Count; i++)
        {
            var set = sets.Find(i);
            sums[set] += lows[i];
            largest[set] = Math.Max(largest[set], lows[i]);
        }
        return sums.Sum() - largest.Sum();
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
        if (paired.Count < 2) return 0;
        for (var i = 0; i < paired.Count; i++) paired[i].Fact.Number = i;
        var sets = new DisjointSets(paired.Count);
        for (var i = 0; i < paired.Count; i++)
            for (var j = 0; j < paired[i].Overlapping.Count; j++)
                if (paired[i].Overlapping[j] is var other && other.Number < paired.Count && paired[other.Number].Fact == other) sets.Join(i, other.Number);
        return Sum(sets, paired.ConvertAll(s => measure(s)?.InOrder().Low ?? 0));
    }
}
