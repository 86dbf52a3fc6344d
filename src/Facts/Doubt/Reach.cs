namespace Facts;

/// <summary>The most that deliveries can have brought to a commitment by a day, without going through all deliveries.</summary>
internal sealed class Reach
{
    readonly Dictionary<(CodeSet Donors, CodeSet Items), Sums> _automatic = [];
    readonly Dictionary<Commitment, Sums> _explicit = [];
    readonly ItemTree _items;

    public Reach(IReadOnlyList<Delivery> deliveries, ItemTree items)
    {
        _items = items;
        foreach (var delivery in deliveries.OrderBy(Begin))
            if (!delivery.IsExplicit) Of(_automatic, (delivery.Donors, delivery.Items)).Add(delivery);
            else
                foreach (var target in delivery.Targets) Of(_explicit, target).Add(delivery);
    }

    /// <summary>The largest number there is if it has no bound.</summary>
    public decimal Of(Commitment commitment, DateOnly day)
    {
        var sum = _explicit.TryGetValue(commitment, out var named) ? named.Until(day) : 0;
        foreach (var ((donors, goods), sums) in _automatic)
            if (sum != decimal.MaxValue && donors.Equals(commitment.Donors) && _items.AreNested(goods, commitment.Items))
                sum = sums.Until(day) is var more && more == decimal.MaxValue ? more : sum + more;
        return sum;
    }

    // First day on which a report of it can have happened.
    static DateOnly Begin(Delivery delivery)
    {
        var begin = DateOnly.MaxValue;
        for (var i = 0; i < delivery.Reports.Count; i++)
            if (FactDraft.When(delivery.Reports[i]).Begin is var day && day < begin) begin = day;
        return begin;
    }

    static Sums Of<TKey>(Dictionary<TKey, Sums> sums, TKey key) where TKey : notnull
    {
        if (!sums.TryGetValue(key, out var known)) sums[key] = known = new();
        return known;
    }

    /// <summary>Deliveries in the order of their first days, each with the sum up to it.</summary>
    sealed class Sums
    {
        readonly List<(DateOnly Begin, decimal Sum)> _sums = [];

        public void Add(Delivery delivery)
        {
            var before = _sums.Count == 0 ? 0 : _sums[^1].Sum;
            _sums.Add((Begin(delivery), before == decimal.MaxValue || Most(delivery) is not { } most ? decimal.MaxValue : before + most));
        }

        public decimal Until(DateOnly day) =>
            SortedSearch.First(_sums, day, static (sum, day) => sum.Begin > day) is > 0 and var begun ? _sums[begun - 1].Sum : 0;

        static decimal? Most(Delivery delivery)
        {
            if (delivery.IsCumulative) return null;
            decimal? most = 0;
            foreach (var report in delivery.Reports) most = report.Quantity is { High: { } high } && most is { } so ? Math.Max(so, high) : null;
            return most;
        }
    }
}
