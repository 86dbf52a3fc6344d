namespace Facts.Api.Balances;

/// <summary>Adds up the rows of a balance from parts: sums of stored totals, and rows of facts that were computed some partitions at a time.</summary>
internal sealed class BalanceSummer
{
    readonly Dictionary<BalanceKey, Sum> _sums = [];

    /// <summary>Adds the sums of stored totals.</summary>
    public void Add(BalanceKey key, Measures measures, int claims, decimal committedOverlap, decimal deliveredOverlap, DateOnly? lastStatedOn)
    {
        var sum = SumOf(key);
        sum.Measures += measures;
        sum.Claims += claims;
        sum.CommittedOverlap += committedOverlap;
        sum.DeliveredOverlap += deliveredOverlap;
        if (!(lastStatedOn <= sum.LastStatedOn)) sum.LastStatedOn = lastStatedOn ?? sum.LastStatedOn;
    }

    /// <summary>Adds a row of facts of which no claim and no pair is in another row that was added.</summary>
    public void Add(BalanceRow row)
    {
        Add(row.Key, row.Sums, row.Claims, row.CommittedOverlap, row.DeliveredOverlap, row.LastStatedOn);
        var sum = SumOf(row.Key);
        sum.Articles.UnionWith(row.Evidence.Select(c => c.Article.Id));
        sum.Publishers.UnionWith(row.Evidence.Select(c => c.Article.PublisherKey));
    }

    /// <summary>The rows, ordered by key.</summary>
    /// <param name="sources">Articles and publishers of the stored totals, or null. Each is counted once, also if a row of facts has it too.</param>
    public IReadOnlyList<BalanceSums> Rows(IReadOnlyDictionary<BalanceKey, SourceCounts.OfRow>? sources = null) =>
    [
        .. _sums.OrderBy(s => s.Key).Select(s => (s.Key, Sum: s.Value, Stored: sources?.GetValueOrDefault(s.Key))).Select(s => new BalanceSums(
            s.Key, s.Sum.Measures.InOrder(), s.Sum.Claims, Count(s.Sum.Articles, s.Stored?.Articles), Count(s.Sum.Publishers, s.Stored?.Publishers),
            s.Sum.CommittedOverlap, s.Sum.DeliveredOverlap, s.Sum.LastStatedOn)),
    ];

    static int Count<T>(HashSet<T> some, Dictionary<T, int>? stored) where T : notnull =>
        stored is null ? some.Count : stored.Count + some.Count(value => !stored.ContainsKey(value));

    Sum SumOf(BalanceKey key)
    {
        if (!_sums.TryGetValue(key, out var sum)) _sums[key] = sum = new();
        return sum;
    }

    sealed class Sum
    {
        public Measures Measures { get; set; } = Measures.Zero;
        public int Claims { get; set; }
        public HashSet<long> Articles { get; } = [];
        public HashSet<string> Publishers { get; } = new(StringComparer.Ordinal);
        public decimal CommittedOverlap { get; set; }
        public decimal DeliveredOverlap { get; set; }
        public DateOnly? LastStatedOn { get; set; }
    }
}
