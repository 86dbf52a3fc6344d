namespace Facts;

/// <summary>
/// Running totals of one scope beside the deliveries in it. Lows and highs separately: a delivery is after a total for low if it begins after it, for high if it
/// may end after it. What narrower totals left unexplained may always be in a wider one for low.
/// </summary>
internal sealed class CumulativeScope
{
    readonly List<DeliveryWork> _increments, _narrower;
    readonly List<(DeliveryWork Total, DeliveryWork Left, Interval Size)> _sized;
    readonly DateOnly _asOf;

    public CumulativeScope(List<DeliveryWork> totals, List<DeliveryWork> increments, List<DeliveryWork> narrower, List<DeliveryWork> rejected, DateOnly asOf)
    {
        (_increments, _narrower, _asOf) = (increments, narrower, asOf);
        var events = rejected.SelectMany(d => d.Rejections, (d, r) => (Delivery: d, Rejection: r)).Where(e => e.Rejection.Number is not null && e.Rejection.Window.HasBegun(asOf)).ToList();
        var rests = totals.ConvertAll(t => (Total: t, Left: Rest(t)));
        _sized = [.. rests.Where(r => r.Total.Value is not null).Select(r => (r.Total, r.Left, Net(r.Total, events)))];
        Remainders = [.. rests.Select(r => r.Left)];
        Explain();
    }

    /// <summary>What each of the totals leaves unexplained.</summary>
    public IReadOnlyList<DeliveryWork> Remainders { get; }

    /// <summary>Whether something in it has no number, which it may get from the commitment that it names.</summary>
    public bool IsOpen => _increments.Exists(i => i.Value is null) || Remainders.Any(r => r.Unquantified);

    /// <summary>Computes what is unexplained from what the deliveries are by now.</summary>
    public void Explain()
    {
        var lows = new Dictionary<DeliveryWork, decimal>();
        var byBegin = _increments.OrderBy(i => i.When.Begin).ToList();
        var (at, sum) = (0, _narrower.Sum(n => n.Value?.Low ?? 0));
        foreach (var (total, rest, size) in _sized.OrderBy(s => s.Total.When.End).ThenBy(s => s.Total.When.Begin).ThenBy(s => s.Total.Delivery.First, ClaimOrder.ByName))
        {
            for (; at < byBegin.Count && byBegin[at].When.Begin <= total.When.End; at++) sum += byBegin[at].Value?.Low ?? 0;
            sum += lows[rest] = Math.Max(0, size.Low - sum);
        }

        var byEnd = _increments.Concat(_narrower).Concat(Remainders.Where(r => r.Unquantified)).OrderBy(i => i.When.End).ToList();
        var (next, most, certain, largest) = (0, (decimal?)0m, 0m, 0m);
        DateOnly? largestEnd = null;
        foreach (var (total, rest, size) in _sized.OrderBy(s => s.Total.When.Begin).ThenBy(s => s.Total.When.End).ThenBy(s => s.Total.Delivery.First, ClaimOrder.ByName))
        {
            for (; next < byEnd.Count && byEnd[next].When.End <= total.When.Begin; next++)
            {
                // Without a number it adds nothing; without an upper bound it explains everything.
                most += byEnd[next].Value is { } value ? value.High : 0;
                if (!byEnd[next].Unexplained) certain += byEnd[next].Value?.Low ?? 0;
            }
            decimal? left = most is not { } sofar ? 0 : size.High is { } high ? Math.Max(0, high - sofar) : null;
            most += left;
            rest.Value = new Interval(lows[rest], left);
            rest.Conflict |= size.High < certain || size.High < largest && largestEnd < total.When.Begin;
            if (size.Low > largest) (largest, largestEnd) = (size.Low, total.When.End);
        }
    }

    static DeliveryWork Rest(DeliveryWork total) => new()
    {
        Delivery = total.Delivery,
        Exists = total.Exists,
        When = total.When,
        Happened = total.Happened,
        Counts = total.Counts,
        Stage = total.Stage,
        Size = total.Size,
        Unquantified = total.Value is null,
        Unexplained = true,
        Conflict = total.Conflict,
        Envelope = total.Envelope,
    };

    // What was in it and was sent back after it is in it no longer.
    Interval Net(DeliveryWork total, List<(DeliveryWork Delivery, Rejection Rejection)> rejections)
    {
        var (low, high) = (total.Value!.Value.Low, total.Value.Value.High);
        foreach (var (delivery, (period, number)) in rejections)
        {
            var (maybeIn, surelyIn) = delivery.Counts ? (delivery.When.Begin <= total.When.End, delivery.When.End <= total.When.Begin) : (true, true);
            if (maybeIn && period.End > total.When.Begin) low = number!.Value.High is { } most ? Math.Max(0, low - most) : 0;
            if (surelyIn && period.Begin > total.When.End && period.IsOver(_asOf) && high is { } top) high = Math.Max(0, top - number!.Value.Low);
        }
        return new(low, high);
    }
}
