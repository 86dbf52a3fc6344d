namespace Facts;

/// <summary>Working values of a request on a day.</summary>
internal sealed record RequestWork(
    Request Request, DateWindow Stated, Interval? Requested, ResolvedValue<Interval?> Size, FuzzyDate? Due, bool Conflict, Interval? Envelope)
{
    /// <summary>Computes the working values on a day; null if the request has not been stated.</summary>
    public static Func<Request, RequestWork?> At(DateOnly asOf) => request =>
    {
        var reports = request.Reports.Where(c => DateWindow.From(c.Stated).HasBegun(asOf)).ToList();
        if (reports.Count == 0) return null;
        var stated = reports.Select(c => DateWindow.From(c.Stated)).Aggregate(DateWindow.Earliest);
        var size = ResolvedValue.ResolveNumber(reports, c => c.Quantity, ClaimOrder.BySize);
        return new(request, stated, stated.IsOver(asOf) ? size.Value : size.Value?.Possible(), size,
            ResolvedValue.Resolve(reports, c => c.Due, ClaimOrder.ByBounds).Value,
            size.Disputed || request.ReportsDisagree,
            reports.Select(c => c.Quantity).Aggregate((Interval?)null, (a, b) => a is { } x && b is { } y ? Interval.Hull(x, y) : a ?? b));
    };
}
