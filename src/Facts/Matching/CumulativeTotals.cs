namespace Facts;

/// <summary>
/// Finds the unexplained remainders of cumulative totals (docs/semantics.md#cumulative-totals): one delivery for each total. Scopes are taken from the
/// narrowest to the widest: first commitments, then the deepest items, then the items above them. Of sets that are as deep, the smaller comes first.
/// </summary>
/// <param name="increments">Deliveries that count.</param>
/// <param name="totals">Cumulative totals that count.</param>
/// <param name="rejections">All deliveries with rejections, including those that do not count.</param>
/// <param name="items">The tree of items.</param>
/// <param name="asOf">The day.</param>
internal sealed class CumulativeTotals(IReadOnlyList<DeliveryWork> increments, IReadOnlyList<DeliveryWork> totals,
    IReadOnlyList<DeliveryWork> rejections, ItemTree items, DateOnly asOf)
{
    readonly List<DeliveryWork> _ofCommitments = [.. totals.Where(t => t.Delivery.IsExplicit)];
    readonly List<DeliveryWork> _remainders = [];
    readonly Dictionary<DeliveryWork, CumulativeScope> _open = [];

    /// <summary>Remainders of the totals that name a commitment.</summary>
    public IReadOnlyList<DeliveryWork> ForCommitments()
    {
        if (_ofCommitments.Count == 0) return [];
        var byScope = increments.SelectMany(i => Scopes(i.Delivery), (i, s) => (s, i)).ToLookup(x => x.s, x => x.i);
        var rejectedByScope = rejections.SelectMany(i => Scopes(i.Delivery), (i, s) => (s, i)).ToLookup(x => x.s, x => x.i);
        foreach (var group in _ofCommitments.GroupBy(t => (Scope: Scopes(t.Delivery).First(), t.Delivery.Unit)))
        {
            bool HasUnit(DeliveryWork d) => d.Delivery.Unit == group.Key.Unit;
            var scope = new CumulativeScope([.. group], [.. byScope[group.Key.Scope].Where(HasUnit)],
                [], [.. rejectedByScope[group.Key.Scope].Where(HasUnit)], asOf);
            if (scope.IsOpen)
                foreach (var remainder in scope.Remainders) _open.Add(remainder, scope);
            _remainders.AddRange(scope.Remainders);
        }
        return [.. _remainders];
    }

    /// <summary>Computes a remainder again, if an earlier delivery without a number has become a part of its commitment since.</summary>
    public void Explain(DeliveryWork remainder)
    {
        if (_open.TryGetValue(remainder, out var scope)) scope.Explain();
    }

    /// <summary>
    /// Remainders of all other totals. Call it after the explicit links are made, since these totals include the deliveries that name a commitment.
    /// </summary>
    public IReadOnlyList<DeliveryWork> ForItems()
    {
        if (_ofCommitments.Count == totals.Count) return [];
        var before = _remainders.Count;
        foreach (var bucket in totals.Except(_ofCommitments).GroupBy(t => Bucket.Of(t.Delivery)))
        {
            var inBucket = increments.Where(i => Bucket.Of(i.Delivery) == bucket.Key).ToList();
            var rejected = rejections.Where(i => Bucket.Of(i.Delivery) == bucket.Key).ToList();
            var narrower = _remainders.Where(u => Bucket.Of(u.Delivery) == bucket.Key).ToList();
            foreach (var scope in bucket.GroupBy(t => t.Delivery.Items)
                .OrderByDescending(s => items.Depth(s.Key)).ThenBy(s => s.Key.Codes.Count).ThenBy(s => s.Key))
            {
                bool Inside(DeliveryWork d) => items.AllUnder(d.Delivery.Items, scope.Key);
                var remainders = new CumulativeScope([.. scope], inBucket.FindAll(Inside), narrower.FindAll(Inside), rejected.FindAll(Inside), asOf).Remainders;
                _remainders.AddRange(remainders);
                narrower.AddRange(remainders);
            }
        }
        return _remainders[before..];
    }

    static IEnumerable<object> Scopes(Delivery d) => d.Targets.Count > 0 ? d.Targets : d is { IsExplicit: true, CommitmentKey: { } key } ? [key] : [];

    /// <summary>
    /// Moves the reports of a total without a commitment to a total of a commitment that it repeats: one with equal attributes, at most 3 days apart.
    /// This holds in both orders of the two dates and for every day asked for.
    /// </summary>
    public static void FoldRepeats(IReadOnlyCollection<Delivery> deliveries)
    {
        var ofCommitments = deliveries.Where(d => d is { IsCumulative: true, IsExplicit: true }).ToLookup(Attributes);
        if (ofCommitments.Count == 0) return;
        foreach (var total in deliveries.Where(d => d is { IsCumulative: true, IsExplicit: false }))
            if (ofCommitments[Attributes(total)].FirstOrDefault(n => When(n).Apart(When(total)) <= FirstFit.Tolerance) is { } first)
            {
                first.SupportingClaims = [.. first.SupportingClaims, .. total.Reports];
                total.SupportingClaims = [];
            }

        static (Bucket, CodeSet, Interval?) Attributes(Delivery d) =>
            (Bucket.Of(d), d.Items,
                ResolvedValue.ResolveNumber([.. d.Reports.Where(c => c.Stage is not Stage.Rejected)], c => c.Quantity, ClaimOrder.BySize).Value);

        static DateWindow When(Delivery d) => d.Reports.Select(FactDraft.When).Aggregate(DateWindow.Earliest);
    }
}
