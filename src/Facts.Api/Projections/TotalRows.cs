namespace Facts.Api.Projections;

/// <summary>Computes balance totals: the facts of a partition, summed per donor set, recipient, item set and unit.</summary>
internal static class TotalRows
{
    const Grouping Finest = Grouping.Donor | Grouping.Recipient | Grouping.Item;

    /// <summary>One total for each partition and group, since the rows of a partition are recomputed together.</summary>
    /// <param name="states">The facts of the day.</param>
    /// <param name="items">The item tree.</param>
    /// <param name="spanning">Facts that pairs connect with facts of another total: <see cref="Spanning"/>.</param>
    public static List<TotalRow> Build(FactStates states, ItemTree items, IReadOnlySet<Fact> spanning) =>
    [
        .. states.All.GroupBy(s => FactRows.PartitionOf(s.Fact))
            .SelectMany(group => Balance.Rows(group, Finest, items, states.Options.AsOf).Select(row => Total(group.Key, row, spanning))),
    ];

    /// <summary>The facts that pairs, directly or through others, connect with facts of another total.</summary>
    public static HashSet<Fact> Spanning(IReadOnlyList<Candidate> candidates)
    {
        var pairs = candidates.Where(c => c.A.Kind == c.B.Kind && c.Reason != CandidateReason.Remaining).Select(c => (c.A, c.B)).ToList();
        // Where no pair does, no set of pairs does. In a crowd that is quick to tell, and the sets are not.
        if (pairs.TrueForAll(pair => IsOfOneTotal(pair.A, pair.B))) return [];
        return [.. Overlap.ConnectedSets(pairs).Where(set => !set.All(f => IsOfOneTotal(f, set[0]))).SelectMany(set => set)];
    }

    static bool IsOfOneTotal(Fact a, Fact b) => a.Donors.Equals(b.Donors) && a.Recipient == b.Recipient && a.Items.Equals(b.Items) && a.Unit == b.Unit
        && FactRows.PartitionOf(a) == FactRows.PartitionOf(b);

    static TotalRow Total(string partition, BalanceRow row, IReadOnlySet<Fact> spanning)
    {
        var own = spanning.Count == 0 ? row.Facts : [.. row.Facts.Where(s => !spanning.Contains(s.Fact))];
        var sum = row.Sums;
        var articles = row.Evidence.Select(c => c.Article).DistinctBy(a => a.Id).ToList();
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
            CommittedOverlap = Overlap.SumOfCommitted(own),
            DeliveredOverlap = Overlap.SumOfDelivered(own),
            Claims = row.Claims,
            ArticleIds = [.. articles.Select(a => a.Id).Order()],
            Publishers = [.. articles.Select(a => a.PublisherKey).Distinct().Order(StringComparer.Ordinal)],
            LastStatedOn = row.LastStatedOn,
        };
    }

    /// <summary>The sums of a stored balance total on a day on which it holds, for further addition.</summary>
    public static Measures MeasuresOn(this TotalRow total, DateOnly day) => ((TotalRow)total.At(day)).ToMeasures();

    static Measures ToMeasures(this TotalRow t) => new()
    {
        Requested = ToInterval(t.RequestedLow, t.RequestedHigh),
        Intended = ToInterval(t.IntendedLow, t.IntendedHigh),
        Original = ToInterval(t.OriginalLow, t.OriginalHigh),
        Committed = ToInterval(t.CommittedLow, t.CommittedHigh),
        Cancelled = ToInterval(t.CancelledLow, t.CancelledHigh),
        Delivered = ToInterval(t.DeliveredLow, t.DeliveredHigh),
        Credited = ToInterval(t.CreditedLow, t.CreditedHigh),
        Surplus = ToInterval(t.SurplusLow, t.SurplusHigh),
        Unpledged = ToInterval(t.UnpledgedLow, t.UnpledgedHigh),
        Outstanding = ToInterval(t.OutstandingLow, t.OutstandingHigh),
        Overdue = ToInterval(t.OverdueLow, t.OverdueHigh),
        OverdueOriginal = ToInterval(t.OverdueOriginalLow, t.OverdueOriginalHigh),
        UnmetNeed = ToInterval(t.UnmetNeedLow, t.UnmetNeedHigh),
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

    static Interval? ToInterval(decimal? low, decimal? high) => low is { } l ? new Interval(l, high) : null;
}
