namespace Facts;

/// <summary>A request on a day.</summary>
internal sealed record RequestState(Request Request, Period Stated, Interval? Requested, FuzzyDate? Due, bool Conflict, Interval? Envelope)
{
    /// <summary>The state on a day; null where it has not been stated.</summary>
    public static Func<Request, RequestState?> At(DateOnly asOf) => request =>
    {
        var reports = request.Reports.Where(c => Period.Of(c.Stated).HasBegun(asOf)).ToList();
        if (reports.Count == 0) return null;
        var stated = reports.Select(c => Period.Of(c.Stated)).Aggregate(Period.Earliest);
        var size = Verdict.OfValue(reports, c => c.Quantity, ClaimOrder.BySize);
        return new(request, stated, stated.IsOver(asOf) ? size.Value : size.Value?.Possible(), Verdict.Of(reports, c => c.Due, ClaimOrder.ByBounds).Value,
            size.Disputed || request.ReportsDisagree,
            reports.Select(c => c.Quantity).Aggregate((Interval?)null, (a, b) => a is { } x && b is { } y ? Interval.Hull(x, y) : a ?? b));
    };
}

/// <summary>What is promised or given after a request, whoever gives (DESIGN.md §8, unmet need).</summary>
internal sealed class Needs(IReadOnlyList<CommitmentState> commitments, IReadOnlyList<DeliveryState> deliveries, ItemTree items)
{
    readonly ILookup<(string, string?), (CodeSet Items, Period When, Interval Number)> _given =
        commitments.Where(c => c.TakesPart).Select(c => (c.Commitment.Recipient, c.Commitment.Unit, c.Commitment.Items, When: c.Stated, Number: c.Residual!.Value))
            .Concat(deliveries.Where(d => d.Counts && d.Value is not null && d.Unpledged != Interval.Zero)
                .Select(d => (d.Delivery.Recipient, d.Delivery.Unit, d.Delivery.Items, d.When, Number: d.Unpledged)))
            .ToLookup(g => (g.Recipient, g.Unit), g => (g.Items, g.When, g.Number));

    /// <summary>Null for a request without a number. What may have come before the request takes away only from what is certainly unmet.</summary>
    public Interval? Unmet(RequestState request)
    {
        if (request.Requested is not { } requested) return null;
        var met = Interval.Zero;
        foreach (var (of, when, number) in _given[(request.Request.Recipient, request.Request.Unit)])
            if (when.End >= request.Stated.Begin && items.AllUnder(of, request.Request.Items))
                met += when.Begin >= request.Stated.End ? number : number.Possible();
        return requested - met.InOrder();
    }
}
