namespace Facts.Api.Projections;

/// <summary>Running totals of a partition: its facts summed per donor set, recipient, item set and unit.</summary>
internal static class TotalRows
{
    const Grouping Finest = Grouping.Donor | Grouping.Recipient | Grouping.Item;

    public static IEnumerable<TotalRow> Build(FactStates standings, ItemTree items) =>
        Build(standings.All, items, standings.Options.AsOf);

    /// <summary>One for each partition and group: what is kept in one place is computed again together.</summary>
    static IEnumerable<TotalRow> Build(IEnumerable<FactState> standings, ItemTree items, DateOnly day) =>
        standings.GroupBy(s => FactRows.ScopeOf(s.Fact)).SelectMany(here => Balance.Rows(here, Finest, items, day).Select(row => Total(here.Key, row)));

    static TotalRow Total(string partition, BalanceRow row)
    {
        var sum = row.Sums;
        var claims = row.Evidence;
        return new TotalRow
        {
            Partition = partition,
            Donors = [.. row.Key.Donors!.Codes],
            Recipient = row.Key.Recipient!,
            Items = [.. row.Key.Items!.Codes],
            Unit = row.Key.Unit,
            RequestedLow = sum.Requested?.Low,
            RequestedHigh = sum.Requested?.High,
            IntendedLow = sum.Intended?.Low,
            IntendedHigh = sum.Intended?.High,
            OriginalLow = sum.Original?.Low,
            OriginalHigh = sum.Original?.High,
            CommittedLow = sum.Committed?.Low,
            CommittedHigh = sum.Committed?.High,
            CancelledLow = sum.Cancelled?.Low,
            CancelledHigh = sum.Cancelled?.High,
            DeliveredLow = sum.Delivered?.Low,
            DeliveredHigh = sum.Delivered?.High,
            CreditedLow = sum.Credited?.Low,
            CreditedHigh = sum.Credited?.High,
            SurplusLow = sum.Surplus?.Low,
            SurplusHigh = sum.Surplus?.High,
            UnpledgedLow = sum.Unpledged?.Low,
            UnpledgedHigh = sum.Unpledged?.High,
            OutstandingLow = sum.Outstanding?.Low,
            OutstandingHigh = sum.Outstanding?.High,
            OverdueLow = sum.Overdue?.Low,
            OverdueHigh = sum.Overdue?.High,
            OverdueOriginalLow = sum.OverdueOriginal?.Low,
            OverdueOriginalHigh = sum.OverdueOriginal?.High,
            UnmetNeedLow = sum.UnmetNeed?.Low,
            UnmetNeedHigh = sum.UnmetNeed?.High,
            Commitments = sum.Commitments,
            Deliveries = sum.Deliveries,
            Requests = sum.Requests,
            Unquantified = sum.Unquantified,
            Conditional = sum.Conditional,
            OnHold = sum.OnHold,
            Disputed = sum.Disputed,
            Conflicts = sum.Conflicts,
            PossibleOverlap = sum.PossibleOverlap,
            Claims = claims.Count,
            ArticleIds = [.. claims.Select(c => c.Article.Id).Distinct().Order()],
            Publishers = [.. claims.Select(c => c.Article.PublisherKey).Distinct().Order(StringComparer.Ordinal)],
            LastStatedOn = row.LastStatedOn,
        };
    }

    /// <summary>The sums a kept row stands for, to be added up further.</summary>
    public static Measures ToMeasures(this TotalRow t) => new()
    {
        Requested = Pair(t.RequestedLow, t.RequestedHigh),
        Intended = Pair(t.IntendedLow, t.IntendedHigh),
        Original = Pair(t.OriginalLow, t.OriginalHigh),
        Committed = Pair(t.CommittedLow, t.CommittedHigh),
        Cancelled = Pair(t.CancelledLow, t.CancelledHigh),
        Delivered = Pair(t.DeliveredLow, t.DeliveredHigh),
        Credited = Pair(t.CreditedLow, t.CreditedHigh),
        Surplus = Pair(t.SurplusLow, t.SurplusHigh),
        Unpledged = Pair(t.UnpledgedLow, t.UnpledgedHigh),
        Outstanding = Pair(t.OutstandingLow, t.OutstandingHigh),
        Overdue = Pair(t.OverdueLow, t.OverdueHigh),
        OverdueOriginal = Pair(t.OverdueOriginalLow, t.OverdueOriginalHigh),
        UnmetNeed = Pair(t.UnmetNeedLow, t.UnmetNeedHigh),
        Commitments = t.Commitments,
        Deliveries = t.Deliveries,
        Requests = t.Requests,
        Unquantified = t.Unquantified,
        Conditional = t.Conditional,
        OnHold = t.OnHold,
        Disputed = t.Disputed,
        Conflicts = t.Conflicts,
        PossibleOverlap = t.PossibleOverlap,
    };

    static Interval? Pair(decimal? low, decimal? high) => low is { } l ? new Interval(l, high) : null;
}
