namespace Facts;

/// <summary>What running totals ("20 in all so far") leave unexplained by deliveries (DESIGN.md §7, cumulative).</summary>
internal static class RunningTotals
{
    /// <param name="increments">Deliveries that count.</param>
    /// <param name="totals">Running totals that count.</param>
    /// <param name="rejections">All deliveries with rejections, whether or not they count.</param>
    /// <param name="items">The tree of items.</param>
    /// <param name="asOf">The day.</param>
    public static List<DeliveryState> Unexplained(IReadOnlyList<DeliveryState> increments, IReadOnlyList<DeliveryState> totals,
        IReadOnlyList<DeliveryState> rejections, ItemTree items, DateOnly asOf)
    {
        var found = new List<DeliveryState>();
        if (totals.Count == 0) return found;
        var named = totals.Where(t => t.Delivery.IsExplicit).ToList();
        var byName = increments.SelectMany(i => Scopes(i.Delivery), (i, s) => (s, i)).ToLookup(x => x.s, x => x.i);
        var rejectedByName = rejections.SelectMany(i => Scopes(i.Delivery), (i, s) => (s, i)).ToLookup(x => x.s, x => x.i);
        foreach (var scope in named.GroupBy(t => (Name: Scopes(t.Delivery).First(), t.Delivery.Unit)))
        {
            bool Alike(DeliveryState d) => d.Delivery.Unit == scope.Key.Unit;
            found.AddRange(Rest([.. scope], [.. byName[scope.Key.Name].Where(Alike)], [], [.. rejectedByName[scope.Key.Name].Where(Alike)], asOf));
        }

        foreach (var bucket in totals.Except(named).GroupBy(t => Bucket(t.Delivery)))
        {
            var mine = increments.Where(i => Bucket(i.Delivery).Equals(bucket.Key)).ToList();
            var sentBack = rejections.Where(i => Bucket(i.Delivery).Equals(bucket.Key)).ToList();
            var narrower = found.Where(u => Bucket(u.Delivery).Equals(bucket.Key)).ToList();
            foreach (var scope in bucket.Where(t => !named.Any(n => Repeats(t, n))).GroupBy(t => t.Delivery.Items)
                .OrderByDescending(s => items.Depth(s.Key)).ThenBy(s => s.Key))
            {
                bool Inside(DeliveryState d) => items.AllUnder(d.Delivery.Items, scope.Key);
                var rest = Rest([.. scope], mine.FindAll(Inside), narrower.FindAll(Inside), sentBack.FindAll(Inside), asOf);
                found.AddRange(rest);
                narrower.AddRange(rest);
            }
        }
        return found;
    }

    static IEnumerable<object> Scopes(Delivery d) => d.Targets.Count > 0 ? d.Targets : d is { IsExplicit: true, CommitmentKey: { } key } ? [key] : [];

    static (CodeSet, string, string?) Bucket(Delivery d) => (d.Donors, d.Recipient, d.Unit);

    static bool Repeats(DeliveryState total, DeliveryState named) =>
        Bucket(total.Delivery).Equals(Bucket(named.Delivery)) && total.Delivery.Items.Equals(named.Delivery.Items)
        && total.Value == named.Value && total.When.Apart(named.When) <= Clusters.Tolerance;

    // One scope. Lows and highs separately: an increment is after a total for low if it begins after it, for high if it may end after it.
    // What narrower totals left unexplained may always be in a wider one for low.
    static List<DeliveryState> Rest(List<DeliveryState> totals, List<DeliveryState> increments, List<DeliveryState> narrower, List<DeliveryState> rejected, DateOnly asOf)
    {
        var events = rejected.SelectMany(d => d.Rejections, (d, r) => (Delivery: d, Rejection: r)).Where(e => e.Rejection.Number is not null && e.Rejection.Period.HasBegun(asOf)).ToList();
        var sizes = totals.Where(t => t.Value is not null).ToDictionary(t => t, t => Net(t, events, asOf));
        var lows = new Dictionary<DeliveryState, decimal>();
        var highs = new Dictionary<DeliveryState, decimal?>();

        var byBegin = increments.OrderBy(i => i.When.Begin).ToList();
        var (at, sum) = (0, narrower.Sum(n => n.Value?.Low ?? 0));
        foreach (var total in sizes.Keys.OrderBy(t => t.When.End).ThenBy(t => t.When.Begin).ThenBy(t => t.Delivery.First, ClaimOrder.ByName))
        {
            for (; at < byBegin.Count && byBegin[at].When.Begin <= total.When.End; at++) sum += byBegin[at].Value?.Low ?? 0;
            sum += lows[total] = Math.Max(0, sizes[total].Low - sum);
        }

        var byEnd = increments.Concat(narrower).OrderBy(i => i.When.End).ToList();
        var (next, most, certain, largest) = (0, (decimal?)0m, 0m, 0m);
        DateOnly? largestEnd = null;
        foreach (var total in sizes.Keys.OrderBy(t => t.When.Begin).ThenBy(t => t.When.End).ThenBy(t => t.Delivery.First, ClaimOrder.ByName))
        {
            for (; next < byEnd.Count && byEnd[next].When.End <= total.When.Begin; next++)
            {
                // Without a number it adds nothing; without an upper bound it explains everything.
                most += byEnd[next].Value is { } value ? value.High : 0;
                if (!byEnd[next].Unexplained) certain += byEnd[next].Value?.Low ?? 0;
            }
            var size = sizes[total];
            highs[total] = most is not { } sofar ? 0 : size.High is { } high ? Math.Max(0, high - sofar) : null;
            most += highs[total];
            total.Conflict |= size.High < certain || size.High < largest && largestEnd < total.When.Begin;
            if (size.Low > largest) (largest, largestEnd) = (size.Low, total.When.End);
        }

        return [.. totals.Select(t => new DeliveryState
        {
            Delivery = t.Delivery,
            Exists = t.Exists,
            When = t.When,
            Happened = t.Happened,
            Counts = t.Counts,
            Stage = t.Stage,
            Value = t.Value is null ? null : new Interval(lows[t], highs[t]),
            Size = t.Size,
            Unquantified = t.Value is null,
            Unexplained = true,
            Conflict = t.Conflict,
            Envelope = t.Envelope,
        })];
    }

    // What was in it and was sent back after it is in it no longer.
    static Interval Net(DeliveryState total, List<(DeliveryState Delivery, Rejection Rejection)> rejections, DateOnly asOf)
    {
        var (low, high) = (total.Value!.Value.Low, total.Value.Value.High);
        foreach (var (delivery, (period, number)) in rejections)
        {
            var (maybeIn, surelyIn) = delivery.Counts ? (delivery.When.Begin <= total.When.End, delivery.When.End <= total.When.Begin) : (true, true);
            if (maybeIn && period.End > total.When.Begin) low = number!.Value.High is { } most ? Math.Max(0, low - most) : 0;
            if (surelyIn && period.Begin > total.When.End && period.IsOver(asOf) && high is { } top) high = Math.Max(0, top - number!.Value.Low);
        }
        return new(low, high);
    }
}
