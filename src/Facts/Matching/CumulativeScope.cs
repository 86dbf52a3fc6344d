namespace Facts;

/// <summary>
/// The cumulative totals of one scope, compared with the deliveries in that scope (docs/semantics.md#cumulative-totals). Lows and highs are separate.
/// For low, a delivery is after a total if it begins after the total's day. For high, it is after a total if it may end after that day.
/// For low, unexplained remainders of narrower scopes may always be part of the total of a wider scope.
/// </summary>
internal sealed class CumulativeScope
{
    readonly List<DeliveryWork> _increments, _narrower;
    readonly List<(DeliveryWork Total, DeliveryWork Remainder, Interval Size)> _sized;
    readonly DateOnly _asOf;

    public CumulativeScope(List<DeliveryWork> totals, List<DeliveryWork> increments, List<DeliveryWork> narrower, List<DeliveryWork> rejected, DateOnly asOf)
    {
        (_increments, _narrower, _asOf) = (increments, narrower, asOf);
        var rejections = rejected.SelectMany(d => d.Rejections, (d, r) => (Delivery: d, Rejection: r))
            .Where(e => e.Rejection.Number is not null && e.Rejection.Window.HasBegun(asOf)).ToList();
        var pairs = totals.ConvertAll(t => (Total: t, Remainder: RemainderOf(t)));
        _sized = [.. pairs.Where(p => p.Total.Value is not null).Select(p => (p.Total, p.Remainder, LessRejections(p.Total, rejections)))];
        Remainders = [.. pairs.Select(p => p.Remainder)];
        Explain();
    }

    /// <summary>The unexplained remainder of each total.</summary>
    public IReadOnlyList<DeliveryWork> Remainders { get; }

    /// <summary>True if a delivery in the scope has no number yet. It may get one from the commitment that it names.</summary>
    public bool IsOpen => _increments.Exists(i => i.Value is null) || Remainders.Any(r => r.Unquantified);

    /// <summary>Computes the remainders from the current values of the deliveries. Called again when a delivery without a number has got one.</summary>
    public void Explain()
    {
        var lows = new Dictionary<DeliveryWork, decimal>();
        var byBegin = _increments.OrderBy(i => i.When.Begin).ToList();
        var (at, sum) = (0, _narrower.Sum(n => n.Value?.Low ?? 0));
        foreach (var (total, remainder, size) in _sized.OrderBy(s => s.Total.When.End).ThenBy(s => s.Total.When.Begin)
            .ThenBy(s => s.Total.Delivery.First, ClaimOrder.ByName))
        {
            for (; at < byBegin.Count && byBegin[at].When.Begin <= total.When.End; at++) sum += byBegin[at].Value?.Low ?? 0;
            sum += lows[remainder] = Math.Max(0, size.Low - sum);
        }

        var byEnd = _increments.Concat(_narrower).Concat(Remainders.Where(r => r.Unquantified)).OrderBy(i => i.When.End).ToList();
        var totalsByEnd = _sized.OrderBy(s => s.Total.When.End).ToList();
        var (next, highs, certain, earlier, largest) = (0, (decimal?)0m, 0m, 0, 0m);
        foreach (var (total, remainder, size) in _sized.OrderBy(s => s.Total.When.Begin).ThenBy(s => s.Total.When.End)
            .ThenBy(s => s.Total.Delivery.First, ClaimOrder.ByName))
        {
            for (; next < byEnd.Count && byEnd[next].When.End <= total.When.Begin; next++)
            {
                // A delivery without a number adds nothing. A delivery without an upper bound explains everything.
                highs += byEnd[next].Value is { } value ? value.High : 0;
                if (!byEnd[next].Unexplained) certain += byEnd[next].Value?.Low ?? 0;
            }
            decimal? left = highs is not { } explained ? 0 : size.High is { } high ? Math.Max(0, high - explained) : null;
            highs += left;
            remainder.Value = new Interval(lows[remainder], left);
            // The largest low among the totals that certainly are earlier.
            for (; earlier < totalsByEnd.Count && totalsByEnd[earlier].Total.When.End < total.When.Begin; earlier++)
                largest = Math.Max(largest, totalsByEnd[earlier].Size.Low);
            remainder.Conflict |= size.High < certain || size.High < largest;
        }
    }

    static DeliveryWork RemainderOf(DeliveryWork total) => new(total.Reading with
    {
        Value = null,
        Unquantified = total.Value is null,
        Unexplained = true,
        IsWhollyRejected = false,
        Conflict = total.Conflict,
        Rejections = [],
    });

    // Subtracts rejections after the total's date from what the total counted.
    Interval LessRejections(DeliveryWork total, List<(DeliveryWork Delivery, Rejection Rejection)> rejections)
    {
        var (low, high) = (total.Value!.Value.Low, total.Value.Value.High);
        foreach (var (delivery, (window, number)) in rejections)
        {
            var (maybeIncluded, surelyIncluded) = delivery.Counts
                ? (delivery.When.Begin <= total.When.End, delivery.When.End <= total.When.Begin)
                : (true, true);
            if (maybeIncluded && window.End > total.When.Begin) low = number!.Value.High is { } rejected ? Math.Max(0, low - rejected) : 0;
            if (surelyIncluded && window.Begin > total.When.End && window.IsOver(_asOf) && high is { } before) high = Math.Max(0, before - number!.Value.Low);
        }
        return new(low, high);
    }
}
