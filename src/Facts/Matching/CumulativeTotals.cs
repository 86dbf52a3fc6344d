namespace Facts;

/// <summary>
/// What running totals leave unexplained (DESIGN.md §7): one delivery for each, from the narrowest scope (a commitment, then the deepest item) to the widest.
/// </summary>
/// <param name="increments">Deliveries that count.</param>
/// <param name="totals">Running totals that count.</param>
/// <param name="rejections">All deliveries with rejections, whether or not they count.</param>
/// <param name="items">The tree of items.</param>
/// <param name="asOf">The day.</param>
internal sealed class CumulativeTotals(IReadOnlyList<DeliveryWork> increments, IReadOnlyList<DeliveryWork> totals,
    IReadOnlyList<DeliveryWork> rejections, ItemTree items, DateOnly asOf)
{
    readonly List<DeliveryWork> _named = [.. totals.Where(t => t.Delivery.IsExplicit)];
    readonly List<DeliveryWork> _found = [];
    readonly Dictionary<DeliveryWork, CumulativeScope> _open = [];

    /// <summary>What the totals of commitments leave unexplained.</summary>
    public IReadOnlyList<DeliveryWork> ForCommitments()
    {
        if (_named.Count == 0) return [];
        var byName = increments.SelectMany(i => Scopes(i.Delivery), (i, s) => (s, i)).ToLookup(x => x.s, x => x.i);
        var rejectedByName = rejections.SelectMany(i => Scopes(i.Delivery), (i, s) => (s, i)).ToLookup(x => x.s, x => x.i);
        foreach (var named in _named.GroupBy(t => (Name: Scopes(t.Delivery).First(), t.Delivery.Unit)))
        {
            bool Alike(DeliveryWork d) => d.Delivery.Unit == named.Key.Unit;
            var scope = new CumulativeScope([.. named], [.. byName[named.Key.Name].Where(Alike)], [], [.. rejectedByName[named.Key.Name].Where(Alike)], asOf);
            if (scope.IsOpen)
                foreach (var rest in scope.Remainders) _open.Add(rest, scope);
            _found.AddRange(scope.Remainders);
        }
        return [.. _found];
    }

    /// <summary>Again what such a total leaves unexplained, where a delivery before it that came without a number has become some part of its commitment.</summary>
    public void Explain(DeliveryWork rest)
    {
        if (_open.TryGetValue(rest, out var scope)) scope.Explain();
    }

    /// <summary>What all other totals leave unexplained. Call when what names a commitment has been given to it: that is in them too.</summary>
    public IReadOnlyList<DeliveryWork> ForItems()
    {
        if (_named.Count == totals.Count) return [];
        var already = _found.Count;
        foreach (var bucket in totals.Except(_named).GroupBy(t => Bucket(t.Delivery)))
        {
            var mine = increments.Where(i => Bucket(i.Delivery).Equals(bucket.Key)).ToList();
            var sentBack = rejections.Where(i => Bucket(i.Delivery).Equals(bucket.Key)).ToList();
            var narrower = _found.Where(u => Bucket(u.Delivery).Equals(bucket.Key)).ToList();
            foreach (var same in bucket.GroupBy(t => t.Delivery.Items)
                .OrderByDescending(s => items.Depth(s.Key)).ThenBy(s => s.Key))
            {
                bool Inside(DeliveryWork d) => items.AllUnder(d.Delivery.Items, same.Key);
                var rests = new CumulativeScope([.. same], mine.FindAll(Inside), narrower.FindAll(Inside), sentBack.FindAll(Inside), asOf).Remainders;
                _found.AddRange(rests);
                narrower.AddRange(rests);
            }
        }
        return _found[already..];
    }

    static IEnumerable<object> Scopes(Delivery d) => d.Targets.Count > 0 ? d.Targets : d is { IsExplicit: true, CommitmentKey: { } key } ? [key] : [];

    static (CodeSet, string, string?) Bucket(Delivery d) => (d.Donors, d.Recipient, d.Unit);

    /// <summary>
    /// Finds the totals that repeat one of a commitment: equal, and of about the same days. Whichever was first said, and whatever the day it is looked at on, both are that one.
    /// </summary>
    public static void Repeat(IReadOnlyCollection<Delivery> deliveries)
    {
        var named = deliveries.Where(d => d is { IsCumulative: true, IsExplicit: true }).ToLookup(Said);
        if (named.Count == 0) return;
        foreach (var total in deliveries.Where(d => d is { IsCumulative: true, IsExplicit: false }))
            if (named[Said(total)].FirstOrDefault(n => When(n).Apart(When(total)) <= ClaimClustering.Tolerance) is { } first)
            {
                first.SupportingClaims = [.. first.SupportingClaims, .. total.Reports];
                total.SupportingClaims = [];
            }

        static ((CodeSet, string, string?), CodeSet, Interval?) Said(Delivery d) =>
            (Bucket(d), d.Items, ResolvedValue.ResolveNumber([.. d.Reports.Where(c => c.Stage is not Stage.Rejected)], c => c.Quantity, ClaimOrder.BySize).Value);

        static DateWindow When(Delivery d) => d.Reports.Select(FactDraft.When).Aggregate(DateWindow.Earliest);
    }
}
