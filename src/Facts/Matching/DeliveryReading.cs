namespace Facts;

/// <summary>A delivery on a day at a minimum stage, as its own claims give it, or the unexplained remainder of a cumulative total.</summary>
internal sealed record DeliveryReading
{
    public required Delivery Delivery { get; init; }

    /// <summary>The days on which it reached the minimum stage; without meaning unless <see cref="Counts"/>.</summary>
    public required DateWindow When { get; init; }

    public required FuzzyDate Happened { get; init; }

    /// <summary>True if it has begun to count at the minimum stage.</summary>
    public bool Counts { get; init; }

    public Stage Stage { get; init; }

    /// <summary>The number that counts; null without one.</summary>
    public Interval? Value { get; init; }

    /// <summary>The choice of its number among its reports.</summary>
    public ResolvedValue<Interval?> Size { get; init; }

    public bool Unquantified { get; init; }
    public bool Unexplained { get; init; }

    /// <summary>True if rejections that are over leave nothing of it.</summary>
    public bool IsWhollyRejected { get; init; }

    public bool Conflict { get; init; }
    public Interval? Envelope { get; init; }

    /// <summary>Rejections of it, each with its number. Cumulative totals need them.</summary>
    public IReadOnlyList<Rejection> Rejections { get; init; } = [];

    /// <summary>Reads the claims on a day; null if none of its events has begun, or if it only repeats another total.</summary>
    public static DeliveryReading? At(Delivery delivery, EvaluationOptions options)
    {
        var reports = delivery.SupportingClaims;
        if (reports.Count == 0) return null;
        if (reports is [{ Stage: not Facts.Stage.Rejected } only]) return OfOneReport(delivery, only, options);
        var exists = reports.Select(FactDraft.When).Aggregate(DateWindow.Earliest);
        if (!exists.HasBegun(options.AsOf)) return null;
        var stages = reports.Where(c => c.Stage is not Facts.Stage.Rejected)
            .GroupBy(c => c.Stage ?? Facts.Stage.Arrived).Select(g => (Stage: g.Key, Date: CommonDate([.. g]))).OrderBy(s => s.Stage).ToList();
        var counted = reports.Where(c => c.Stage is not Facts.Stage.Rejected && (c.Stage ?? Facts.Stage.Arrived) >= options.MinStage).ToList();
        var reached = stages.Where(s => s.Stage >= options.MinStage).ToList();
        var begun = stages.Where(s => s.Date.Window.HasBegun(options.AsOf)).ToList();
        var rejections = FindRejections(delivery);
        var size = ResolvedValue.ResolveNumber(counted, c => c.Quantity, ClaimOrder.BySize);
        var when = reached.Count > 0 ? reached.Select(s => s.Date.Window).Aggregate(DateWindow.Earliest) : exists;
        var counts = reached.Count > 0 && when.HasBegun(options.AsOf);
        var value = size.Value;
        var full = value;
        foreach (var rejection in rejections.Where(r => r.Window.HasBegun(options.AsOf)))
        {
            // A rejection with the very bounds of the delivery is all of it: "some 2 to 4 came, the 2 to 4 were sent back" leaves nothing.
            Interval? left = rejection.Number is { } number && number != full ? value - number : Interval.Zero;
            value = rejection.Window.IsOver(options.AsOf) || left is null || value is null
                ? rejection.Window.IsOver(options.AsOf) ? left : value
                : Interval.Hull(value.Value, left.Value);
        }
        if (counts && !when.IsOver(options.AsOf)) value = value?.Possible();
        var shown = (counts ? reached : begun.Count > 0 ? begun[^1..] : []).OrderBy(s => s.Date.Window).ThenBy(s => s.Stage).ToList();
        var isRejected = rejections.Any(r => r.Window.IsOver(options.AsOf));
        return new()
        {
            Delivery = delivery,
            When = when,
            Happened = shown.Count > 0 ? shown[0].Date.Text : FactDraft.DateOf(delivery.Reports.MinBy(c => c, ClaimOrder.ByDay)!),
            Counts = counts,
            Stage = begun.Count > 0 ? begun[^1].Stage : isRejected ? Facts.Stage.Rejected : delivery.Reports.Min(c => c.Stage ?? Facts.Stage.Arrived),
            Value = value,
            Size = size,
            Unquantified = counts && value is null,
            IsWhollyRejected = isRejected && value == Interval.Zero,
            Conflict = counts && (size.Disputed || reached.Any(s => s.Date.Contradicted) || delivery.ReportsDisagree
                || delivery.Reports.Select(c => c.CommitmentKey).OfType<string>().Distinct().Count() > 1),
            Envelope = counted.Select(c => c.Quantity).Aggregate((Interval?)null, (a, b) => a is { } x && b is { } y ? Interval.Hull(x, y) : a ?? b),
            Rejections = [.. rejections.Select(r => r with { Number = r.Number ?? full })],
        };
    }

    // Shortcut for the usual case. It gives what the general computation gives.
    static DeliveryReading? OfOneReport(Delivery delivery, Claim report, EvaluationOptions options)
    {
        var (when, stage) = (FactDraft.When(report), report.Stage ?? Facts.Stage.Arrived);
        if (!when.HasBegun(options.AsOf)) return null;
        var counts = stage >= options.MinStage;
        var size = counts && report.Quantity is { } number ? new ResolvedValue<Interval?>(number, report, false, TieBreaker.Agreed) : default;
        return new()
        {
            Delivery = delivery,
            When = when,
            Happened = FactDraft.DateOf(report),
            Counts = counts,
            Stage = stage,
            Value = when.IsOver(options.AsOf) ? size.Value : size.Value?.Possible(),
            Size = size,
            Unquantified = counts && size.Value is null,
            Envelope = size.Value,
        };
    }

    // The days that all claims of a stage allow. "On or before" limits only the end. If the claims have no common day,
    // the rules of docs/semantics.md#value-of-a-fact choose one date, and the delivery has a conflict.
    static (DateWindow Window, FuzzyDate Text, bool Contradicted) CommonDate(List<Claim> claims)
    {
        var dates = claims.Select(FactDraft.DateOf).ToList();
        var (from, to) = (dates.Max(d => d.From ?? DateOnly.MinValue), dates.Min(d => d.To ?? DateOnly.MaxValue));
        if (from > to && claims[0].Basis == QuantityBasis.Cumulative)
        {
            // A total that is repeated later was reached on the earliest of its dates.
            var first = dates.OrderBy(DateWindow.From).ThenBy(d => d.Text, StringComparer.Ordinal).First();
            return (DateWindow.From(first), first, false);
        }
        if (from > to)
        {
            var chosen = ResolvedValue.Resolve(claims, FactDraft.DateOf, ClaimOrder.ByBounds).Value!;
            return (DateWindow.From(chosen), chosen, true);
        }
        var text = dates.Where(d => (d.From ?? DateOnly.MinValue) == from && (d.To ?? DateOnly.MaxValue) == to).MinBy(d => d.Text, StringComparer.Ordinal)
            ?? (from == to ? FuzzyDate.On(from) : FuzzyDate.Parse($"{End(from, DateOnly.MinValue)}/{End(to, DateOnly.MaxValue)}"));
        return (DateWindow.From(text), text, false);

        static string End(DateOnly day, DateOnly open) => day == open ? ".." : day.ToString("yyyy-MM-dd");
    }

    // Reports of a rejection at most 3 days apart are one rejection; others are further rejections.
    static List<Rejection> FindRejections(Delivery delivery)
    {
        var rejections = new List<Rejection>();
        var reports = new List<Claim>();
        foreach (var claim in delivery.Reports.Where(c => c.Stage is Facts.Stage.Rejected).OrderBy(FactDraft.When).ThenBy(c => c, ClaimOrder.ByName))
        {
            if (reports.Count > 0 && reports.Min(c => FactDraft.When(c).Apart(FactDraft.When(claim))) > FirstFit.Tolerance) Flush();
            reports.Add(claim);
        }
        if (reports.Count > 0) Flush();
        return rejections;

        void Flush()
        {
            rejections.Add(new(CommonDate(reports).Window, ResolvedValue.ResolveNumber(reports, c => c.Quantity, ClaimOrder.BySize).Value));
            reports.Clear();
        }
    }
}
