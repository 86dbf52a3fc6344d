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

    /// <summary>Adds articles and publishers of a row. Each is counted once, however often it is added.</summary>
    public void AddSources(BalanceKey key, IEnumerable<long> articles, IEnumerable<string> publishers)
    {
        var sum = SumOf(key);
        sum.Articles.UnionWith(articles);
        sum.Publishers.UnionWith(publishers);
    }

    /// <summary>Adds a row of facts of which no claim and no pair is in another row that was added.</summary>
    public void Add(BalanceRow row)
    {
        Add(row.Key, row.Sums, row.Claims, row.CommittedOverlap, row.DeliveredOverlap, row.LastStatedOn);
        AddSources(row.Key, row.Evidence.Select(c => c.Article.Id), row.Evidence.Select(c => c.Article.PublisherKey));
    }

    /// <summary>The rows, ordered by key.</summary>
    public IReadOnlyList<BalanceSums> Rows() =>
    [
        .. _sums.OrderBy(s => s.Key).Select(s => new BalanceSums(s.Key, s.Value.Measures.InOrder(), s.Value.Claims, s.Value.Articles.Count,
            s.Value.Publishers.Count, s.Value.CommittedOverlap, s.Value.DeliveredOverlap, s.Value.LastStatedOn)),
    ];

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
