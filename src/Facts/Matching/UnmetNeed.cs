namespace Facts;

/// <summary>A request on a day.</summary>
internal sealed record RequestWork(Request Request, DateWindow Stated, Interval? Requested, ResolvedValue<Interval?> Size, FuzzyDate? Due, bool Conflict, Interval? Envelope)
{
    /// <summary>The state on a day; null where it has not been stated.</summary>
    public static Func<Request, RequestWork?> At(DateOnly asOf) => request =>
    {
        var reports = request.Reports.Where(c => DateWindow.From(c.Stated).HasBegun(asOf)).ToList();
        if (reports.Count == 0) return null;
        var stated = reports.Select(c => DateWindow.From(c.Stated)).Aggregate(DateWindow.Earliest);
        var size = ResolvedValue.ResolveNumber(reports, c => c.Quantity, ClaimOrder.BySize);
        return new(request, stated, stated.IsOver(asOf) ? size.Value : size.Value?.Possible(), size, ResolvedValue.Resolve(reports, c => c.Due, ClaimOrder.ByBounds).Value,
            size.Disputed || request.ReportsDisagree,
            reports.Select(c => c.Quantity).Aggregate((Interval?)null, (a, b) => a is { } x && b is { } y ? Interval.Hull(x, y) : a ?? b));
    };
}

/// <summary>What takes away from a need: what a commitment promises now, or what of a delivery went to no commitment.</summary>
/// <param name="Begins">First day it can have been stated or have arrived.</param>
/// <param name="Ends">Last day of that; <see cref="DateOnly.MaxValue"/> where it has no end.</param>
/// <param name="Number">Its ends as they are, not in order.</param>
public sealed record Supply(string Recipient, string? Unit, CodeSet Items, DateOnly Begins, DateOnly Ends, Interval Number)
{
    /// <summary>What the commitments and deliveries among standings give.</summary>
    public static IEnumerable<Supply> From(IEnumerable<FactState> standings) => standings.Select(s => (Standing: s, Number: s switch
    {
        CommitmentState { Firmness: not Firmness.Intent } c => c.Current,
        DeliveryState { Counts: true } d => d.Unpledged,
        _ => null,
    })).Where(g => g.Number is not null).Select(g => new Supply(g.Standing.Recipient, g.Standing.Unit, g.Standing.Items, g.Standing.Begins, g.Standing.Ends, g.Number!.Value));
}

/// <summary>What is promised or given after a request, whoever gives (DESIGN.md §8, unmet need).</summary>
internal sealed class UnmetNeed(IEnumerable<Supply> given, ItemTree items)
{
    readonly ILookup<(string, string?), Supply> _given = given.Where(g => g.Number != Interval.Zero).ToLookup(g => (g.Recipient, g.Unit));
    readonly Dictionary<(string, string?, CodeSet), Sums> _sums = [];

    /// <summary>What takes away from it. What may have come before the request takes away only from what is certainly unmet.</summary>
    public Interval Met(RequestWork request)
    {
        var key = (request.Request.Recipient, request.Request.Unit, request.Request.Items);
        if (!_sums.TryGetValue(key, out var sums))
            _sums[key] = sums = new([.. _given[(key.Recipient, key.Unit)].Where(g => items.AllUnder(g.Items, key.Items))]);
        return sums.Since(request.Stated).InOrder();
    }

    /// <summary>Sums from a day on, so that many requests of the same items cost one pass.</summary>
    sealed class Sums
    {
        readonly DateOnly[] _begins, _ends;

        // At i: the sum from the i-th to the last.
        readonly decimal[] _lows;
        readonly decimal?[] _highs;

        public Sums(List<Supply> given)
        {
            var (byBegin, byEnd) = (given.OrderBy(g => g.Begins).ToList(), given.OrderBy(g => g.Ends).ToList());
            (_begins, _ends) = ([.. byBegin.Select(g => g.Begins)], [.. byEnd.Select(g => g.Ends)]);
            (_lows, _highs) = (new decimal[given.Count + 1], new decimal?[given.Count + 1]);
            _highs[given.Count] = 0;
            for (var i = given.Count - 1; i >= 0; i--)
                (_lows[i], _highs[i]) = (_lows[i + 1] + byBegin[i].Number.Low, _highs[i + 1] + byEnd[i].Number.High);
        }

        /// <summary>Certainly after it: what begins when it is over. Possibly after it: what ends when it has begun.</summary>
        public Interval Since(DateWindow stated) => new(_lows[First(_begins, stated.End)], _highs[First(_ends, stated.Begin)]);

        static int First(DateOnly[] days, DateOnly from)
        {
            var (low, high) = (0, days.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (days[middle] < from) low = middle + 1;
                else high = middle;
            }
            return low;
        }
    }
}
