namespace Facts.Api.Balances;

/// <summary>Adds up the rows of a balance from parts: sums of stored totals, and rows of facts that were computed some partitions at a time.</summary>
/// <param name="limit">Of the rows of all days of the answer.</param>
internal sealed class BalanceSummer(RowLimit limit)
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
        (sum.Articles ??= []).UnionWith(row.Evidence.Select(c => c.Article.Id));
        (sum.Publishers ??= new(StringComparer.Ordinal)).UnionWith(row.Evidence.Select(c => c.Article.PublisherKey));
    }

    /// <summary>The rows, ordered by key.</summary>
    /// <param name="sources">Articles and publishers of the stored totals, or null. Each is counted once, also if a row of facts has it too.</param>
    /// <param name="day">Position of the day in <paramref name="sources"/>.</param>
    public IReadOnlyList<BalanceSums> Rows(SourceCounts? sources = null, int day = 0) =>
    [
        .. _sums.OrderBy(s => s.Key).Select(s =>
        {
            var (key, sum) = s;
            var (articles, publishers) = (sources ?? SourceCounts.None).Count(key, day, sum.Articles, sum.Publishers);
            return new BalanceSums(
                key, sum.Measures.InOrder(), sum.Claims, articles, publishers, sum.CommittedOverlap, sum.DeliveredOverlap, sum.LastStatedOn);
        }),
    ];

    Sum SumOf(BalanceKey key)
    {
        if (_sums.TryGetValue(key, out var sum)) return sum;
        limit.Count();
        return _sums[key] = new();
    }

    sealed class Sum
    {
        public Measures Measures { get; set; } = Measures.Zero;
        public int Claims { get; set; }

        /// <summary>Articles of rows of facts; null without such rows. A balance can have very many rows, and most come from totals.</summary>
        public HashSet<long>? Articles { get; set; }

        /// <summary>Publishers of rows of facts; null likewise.</summary>
        public HashSet<string>? Publishers { get; set; }

        public decimal CommittedOverlap { get; set; }
        public decimal DeliveredOverlap { get; set; }
        public DateOnly? LastStatedOn { get; set; }
    }
}
