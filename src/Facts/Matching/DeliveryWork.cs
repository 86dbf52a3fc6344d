namespace Facts;

/// <summary>A delivery on a day at a stage, or the rest of a running total.</summary>
internal sealed class DeliveryWork
{
    public required Delivery Delivery { get; init; }

    /// <summary>When it came to exist: its first event of any stage.</summary>
    public required DateWindow Exists { get; init; }

    /// <summary>When it reached the stage asked for; meaningless unless <see cref="Counts"/>.</summary>
    public required DateWindow When { get; init; }

    public required FuzzyDate Happened { get; init; }

    /// <summary>Whether it has begun to count at the stage asked for.</summary>
    public bool Counts { get; init; }

    public Stage Stage { get; init; }

    /// <summary>What counts of it; null without a number. Set by matching for an unspecified one that names its commitment.</summary>
    public Interval? Value { get; set; }

    /// <summary>How its number was chosen.</summary>
    public ResolvedValue<Interval?> Size { get; init; }

    public bool Unquantified { get; init; }
    public bool Unexplained { get; init; }
    public bool Conflict { get; set; }
    public Interval? Envelope { get; init; }

    /// <summary>What rejections take out, for running totals: their period and number.</summary>
    public IReadOnlyList<Rejection> Rejections { get; init; } = [];

    public Interval Unpledged { get; set; } = Interval.Zero;

    /// <summary>The state on a day; null where none of its events has begun, and where it only repeats another.</summary>
    public static DeliveryWork? At(Delivery delivery, EvaluationOptions view)
    {
        var reports = delivery.SupportingClaims;
        if (reports.Count == 0) return null;
        var exists = reports.Select(FactDraft.When).Aggregate(DateWindow.Earliest);
        if (!exists.HasBegun(view.AsOf)) return null;
        var stages = reports.Where(c => c.Stage is not Facts.Stage.Rejected)
            .GroupBy(c => c.Stage ?? Facts.Stage.Arrived).Select(g => (Stage: g.Key, Date: Meet([.. g]))).OrderBy(s => s.Stage).ToList();
        var counted = reports.Where(c => c.Stage is not Facts.Stage.Rejected && (c.Stage ?? Facts.Stage.Arrived) >= view.MinStage).ToList();
        var reached = stages.Where(s => s.Stage >= view.MinStage).ToList();
        var begun = stages.Where(s => s.Date.Period.HasBegun(view.AsOf)).ToList();
        var rejections = Rejected(delivery);
        var size = ResolvedValue.ResolveNumber(counted, c => c.Quantity, ClaimOrder.BySize);
        var when = reached.Count > 0 ? reached.Select(s => s.Date.Period).Aggregate(DateWindow.Earliest) : exists;
        var counts = reached.Count > 0 && when.HasBegun(view.AsOf);
        var value = size.Value;
        var full = value;
        foreach (var rejection in rejections.Where(r => r.Window.HasBegun(view.AsOf)))
        {
            Interval? left = rejection.Number is { } number ? value - number : Interval.Zero;
            value = rejection.Window.IsOver(view.AsOf) || left is null || value is null
                ? rejection.Window.IsOver(view.AsOf) ? left : value
                : Interval.Hull(value.Value, left.Value);
        }
        if (counts && !when.IsOver(view.AsOf)) value = value?.Possible();
        var shown = (counts ? reached : begun.Count > 0 ? begun[^1..] : []).OrderBy(s => s.Date.Period).ThenBy(s => s.Stage).ToList();
        var turnedBack = rejections.Any(r => r.Window.IsOver(view.AsOf));
        return new()
        {
            Delivery = delivery,
            Exists = exists,
            When = when,
            Happened = shown.Count > 0 ? shown[0].Date.Text : FactDraft.DateOf(delivery.Reports.MinBy(c => c, ClaimOrder.ByDay)!),
            Counts = counts,
            Stage = begun.Count > 0 ? begun[^1].Stage : turnedBack ? Facts.Stage.Rejected : delivery.Reports.Min(c => c.Stage ?? Facts.Stage.Arrived),
            Value = value,
            Size = size,
            Unquantified = counts && value is null,
            Conflict = counts && (size.Disputed || reached.Any(s => s.Date.Contradicted) || delivery.ReportsDisagree
                || delivery.Reports.Select(c => c.CommitmentKey).OfType<string>().Distinct().Count() > 1),
            Envelope = counted.Select(c => c.Quantity).Aggregate((Interval?)null, (a, b) => a is { } x && b is { } y ? Interval.Hull(x, y) : a ?? b),
            Rejections = [.. rejections.Select(r => r with { Number = r.Number ?? full })],
        };
    }

    // What all the claims of a stage allow: "on or before" bounds only the end. Where they allow nothing together, one of them is right.
    static (DateWindow Period, FuzzyDate Text, bool Contradicted) Meet(List<Claim> claims)
    {
        var dates = claims.Select(FactDraft.DateOf).ToList();
        var (from, to) = (dates.Max(d => d.From ?? DateOnly.MinValue), dates.Min(d => d.To ?? DateOnly.MaxValue));
        if (from > to && claims[0].Basis == QuantityBasis.Cumulative)
        {
            // A total that is repeated later was reached when it was first said.
            var first = dates.OrderBy(DateWindow.From).ThenBy(d => d.Text, StringComparer.Ordinal).First();
            return (DateWindow.From(first), first, false);
        }
        if (from > to)
        {
            var chosen = ResolvedValue.Resolve(claims, FactDraft.DateOf, ClaimOrder.ByBounds).Value!;
            return (DateWindow.From(chosen), chosen, true);
        }
        var text = dates.Where(d => (d.From ?? DateOnly.MinValue) == from && (d.To ?? DateOnly.MaxValue) == to).MinBy(d => d.Text, StringComparer.Ordinal)
            ?? (from == to ? FuzzyDate.On(from)
                : FuzzyDate.Parse($"{(from == DateOnly.MinValue ? ".." : from.ToString("yyyy-MM-dd"))}/{(to == DateOnly.MaxValue ? ".." : to.ToString("yyyy-MM-dd"))}"));
        return (DateWindow.From(text), text, false);
    }

    // Reports of one rejection lie within rule 2's tolerance; others are further rejections.
    static List<Rejection> Rejected(Delivery delivery)
    {
        var rejections = new List<Rejection>();
        var one = new List<Claim>();
        foreach (var claim in delivery.Reports.Where(c => c.Stage is Facts.Stage.Rejected).OrderBy(FactDraft.When).ThenBy(c => c, ClaimOrder.ByName))
        {
            if (one.Count > 0 && one.Min(c => FactDraft.When(c).Apart(FactDraft.When(claim))) > ClaimClustering.Tolerance) Flush();
            one.Add(claim);
        }
        if (one.Count > 0) Flush();
        return rejections;

        void Flush()
        {
            rejections.Add(new(Meet(one).Period, ResolvedValue.ResolveNumber(one, c => c.Quantity, ClaimOrder.BySize).Value));
            one.Clear();
        }
    }
}
