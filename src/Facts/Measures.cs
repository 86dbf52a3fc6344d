namespace Facts;

/// <summary>
/// The numbers of a fact or of a row (docs/semantics.md#measures). A null means that a fact has no such number: it is unspecified, or the measure
/// belongs to another kind of fact. Adding null changes nothing. Low may exceed high only through a cumulative total;
/// call <see cref="InOrder"/> before showing.
/// </summary>
public sealed record Measures
{
    /// <summary>Zero in every measure and count; no measure is null. Sums over a row start with it.</summary>
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

    /// <summary>Commitments without a number that may be overdue by any number: the last day of the deadline in force is over.</summary>
    public int UnquantifiedOverdue { get; init; }

    /// <summary>The same by the first deadline.</summary>
    public int UnquantifiedOverdueOriginal { get; init; }

    public int Conditional { get; init; }
    public int OnHold { get; init; }
    public int Disputed { get; init; }
    public int Conflicts { get; init; }
    public int PossibleOverlap { get; init; }

    /// <summary>The sum of all; a measure that none of them has is 0. It makes no sum between, since a row may have very many facts.</summary>
    public static Measures Sum(IEnumerable<Measures> all)
    {
        Bounds requested = new(), intended = new(), original = new(), committed = new(), cancelled = new(), delivered = new(), credited = new();
        Bounds surplus = new(), unpledged = new(), outstanding = new(), overdue = new(), overdueOriginal = new(), unmetNeed = new();
        int unquantifiedOverdue = 0, unquantifiedOverdueOriginal = 0;
        int commitments = 0, deliveries = 0, requests = 0, unquantified = 0, conditional = 0, onHold = 0, disputed = 0, conflicts = 0, possibleOverlap = 0;
        foreach (var m in all)
        {
            requested.Add(m.Requested);
            intended.Add(m.Intended);
            original.Add(m.Original);
            committed.Add(m.Committed);
            cancelled.Add(m.Cancelled);
            delivered.Add(m.Delivered);
            credited.Add(m.Credited);
            surplus.Add(m.Surplus);
            unpledged.Add(m.Unpledged);
            outstanding.Add(m.Outstanding);
            overdue.Add(m.Overdue);
            overdueOriginal.Add(m.OverdueOriginal);
            unmetNeed.Add(m.UnmetNeed);
            commitments += m.Commitments;
            deliveries += m.Deliveries;
            requests += m.Requests;
            unquantified += m.Unquantified;
            unquantifiedOverdue += m.UnquantifiedOverdue;
            unquantifiedOverdueOriginal += m.UnquantifiedOverdueOriginal;
            conditional += m.Conditional;
            onHold += m.OnHold;
            disputed += m.Disputed;
            conflicts += m.Conflicts;
            possibleOverlap += m.PossibleOverlap;
        }
        return new()
        {
            Requested = requested.Sum,
            Intended = intended.Sum,
            Original = original.Sum,
            Committed = committed.Sum,
            Cancelled = cancelled.Sum,
            Delivered = delivered.Sum,
            Credited = credited.Sum,
            Surplus = surplus.Sum,
            Unpledged = unpledged.Sum,
            Outstanding = outstanding.Sum,
            Overdue = overdue.Sum,
            OverdueOriginal = overdueOriginal.Sum,
            UnmetNeed = unmetNeed.Sum,
            Commitments = commitments,
            Deliveries = deliveries,
            Requests = requests,
            Unquantified = unquantified,
            UnquantifiedOverdue = unquantifiedOverdue,
            UnquantifiedOverdueOriginal = unquantifiedOverdueOriginal,
            Conditional = conditional,
            OnHold = onHold,
            Disputed = disputed,
            Conflicts = conflicts,
            PossibleOverlap = possibleOverlap,
        };
    }

    /// <summary>A sum of intervals; nothing is added for null.</summary>
    struct Bounds()
    {
        decimal _low;
        decimal? _high = 0;

        public readonly Interval Sum => new(_low, _high);

        public void Add(Interval? interval)
        {
            if (interval is not { } more) return;
            _low += more.Low;
            _high += more.High;
        }
    }

    public static Measures operator +(Measures a, Measures b) => Sum([a, b]);

    /// <summary>These measures with low and high of each swapped if low exceeds high; the same object where none is.</summary>
    public Measures InOrder()
    {
        var inOrder = Swapped();
        return inOrder == this ? this : inOrder;
    }

    Measures Swapped() => this with
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
    /// Credited divided by committed: low and high, each from 0 to 1, rounded to 4 digits, half to even. Null if committed.high is 0
    /// or one of the two has no number (docs/semantics.md#measures).
    /// </summary>
    public (decimal Low, decimal High)? FulfilmentRate()
    {
        if (Committed is not { } committed || Credited is not { } credited || committed.High == 0) return null;
        var low = committed.High is { } promised ? Math.Min(1, credited.Low / promised) : 0;
        var high = committed.Low > 0
            ? credited.High is { } paid ? Math.Min(1, paid / committed.Low) : 1
            : credited.High is 0 ? 0 : 1;
        low = Math.Round(low, 4, MidpointRounding.ToEven);
        high = Math.Round(high, 4, MidpointRounding.ToEven);
        return low <= high ? (low, high) : (high, low);
    }
}
