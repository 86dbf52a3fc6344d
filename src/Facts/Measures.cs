namespace Facts;

/// <summary>
/// The numbers of a fact or of a row (DESIGN.md §8). Null where a fact has no such number (unspecified, or a measure of another kind of fact);
/// null adds nothing. Low may exceed high only through a running total; <see cref="InOrder"/> before showing.
/// </summary>
public sealed record Measures
{
    /// <summary>Nothing at all, every measure a number: the identity of the sum over a row.</summary>
    public static Measures Zero { get; } = new()
    {
        Requested = Interval.Zero, Intended = Interval.Zero, Original = Interval.Zero, Committed = Interval.Zero, Cancelled = Interval.Zero,
        Delivered = Interval.Zero, Credited = Interval.Zero, Surplus = Interval.Zero, Unpledged = Interval.Zero, Outstanding = Interval.Zero,
        Overdue = Interval.Zero, OverdueOriginal = Interval.Zero, UnmetNeed = Interval.Zero,
    };

    public Interval? Requested { get; init; }
    public Interval? Intended { get; init; }
    public Interval? Original { get; init; }
    public Interval? Committed { get; init; }
    public Interval? Cancelled { get; init; }
    public Interval? Delivered { get; init; }
    public Interval? Credited { get; init; }
    public Interval? Surplus { get; init; }
    public Interval? Unpledged { get; init; }
    public Interval? Outstanding { get; init; }
    public Interval? Overdue { get; init; }
    public Interval? OverdueOriginal { get; init; }
    public Interval? UnmetNeed { get; init; }

    public int Commitments { get; init; }
    public int Deliveries { get; init; }
    public int Requests { get; init; }
    public int Unquantified { get; init; }
    public int Conditional { get; init; }
    public int OnHold { get; init; }
    public int Disputed { get; init; }
    public int Conflicts { get; init; }
    public int PossibleOverlap { get; init; }

    public static Measures operator +(Measures a, Measures b) => new()
    {
        Requested = Sum(a.Requested, b.Requested),
        Intended = Sum(a.Intended, b.Intended),
        Original = Sum(a.Original, b.Original),
        Committed = Sum(a.Committed, b.Committed),
        Cancelled = Sum(a.Cancelled, b.Cancelled),
        Delivered = Sum(a.Delivered, b.Delivered),
        Credited = Sum(a.Credited, b.Credited),
        Surplus = Sum(a.Surplus, b.Surplus),
        Unpledged = Sum(a.Unpledged, b.Unpledged),
        Outstanding = Sum(a.Outstanding, b.Outstanding),
        Overdue = Sum(a.Overdue, b.Overdue),
        OverdueOriginal = Sum(a.OverdueOriginal, b.OverdueOriginal),
        UnmetNeed = Sum(a.UnmetNeed, b.UnmetNeed),
        Commitments = a.Commitments + b.Commitments,
        Deliveries = a.Deliveries + b.Deliveries,
        Requests = a.Requests + b.Requests,
        Unquantified = a.Unquantified + b.Unquantified,
        Conditional = a.Conditional + b.Conditional,
        OnHold = a.OnHold + b.OnHold,
        Disputed = a.Disputed + b.Disputed,
        Conflicts = a.Conflicts + b.Conflicts,
        PossibleOverlap = a.PossibleOverlap + b.PossibleOverlap,
    };

    /// <summary>The same with the two ends of every measure in order.</summary>
    public Measures InOrder() => this with
    {
        Requested = Requested?.InOrder(),
        Intended = Intended?.InOrder(),
        Original = Original?.InOrder(),
        Committed = Committed?.InOrder(),
        Cancelled = Cancelled?.InOrder(),
        Delivered = Delivered?.InOrder(),
        Credited = Credited?.InOrder(),
        Surplus = Surplus?.InOrder(),
        Unpledged = Unpledged?.InOrder(),
        Outstanding = Outstanding?.InOrder(),
        Overdue = Overdue?.InOrder(),
        OverdueOriginal = OverdueOriginal?.InOrder(),
        UnmetNeed = UnmetNeed?.InOrder(),
    };

    /// <summary>
    /// Share of the committed that is credited, each end from 0 to 1, rounded half even to 4 digits. Null where nothing is committed.
    /// </summary>
    public (decimal Low, decimal High)? FulfilmentRate()
    {
        if (Committed is not { } committed || Credited is not { } credited || committed.High == 0) return null;
        var low = committed.High is { } most ? Math.Min(1, credited.Low / most) : 0;
        var high = committed.Low > 0
            ? credited.High is { } paid ? Math.Min(1, paid / committed.Low) : 1
            : credited.High is 0 ? 0 : 1;
        low = Math.Round(low, 4, MidpointRounding.ToEven);
        high = Math.Round(high, 4, MidpointRounding.ToEven);
        return low <= high ? (low, high) : (high, low);
    }

    static Interval? Sum(Interval? a, Interval? b) => a is { } x && b is { } y ? x + y : a ?? b;
}
