namespace Facts;

/// <summary>
/// A commitment on a day as its own claims give it: pledges first, then changes. It depends on no other fact, except for cancellations without a number.
/// </summary>
internal sealed class CommitmentReading
{
    // Null if it has none, as nearly all.
    List<Deadline>? _deadlines;

    public required Commitment Commitment { get; init; }

    /// <summary>Window in which it was first stated.</summary>
    public required DateWindow Stated { get; init; }

    /// <summary>Size by its pledges; null without a number.</summary>
    public Interval? Original { get; private set; }

    /// <summary>The choice of its size among its pledges.</summary>
    public ResolvedValue<Interval?> Size { get; private set; }

    /// <summary>The rule that chose its first deadline; null if all claims that give one agree.</summary>
    public TieBreaker? DueDisputed { get; private set; }

    /// <summary>Committed on the day, before its parts are taken out.</summary>
    public Interval? Whole { get; private set; }

    public Interval Cancelled { get; private set; } = Interval.Zero;
    public Firmness Firmness { get; private set; }
    public FuzzyDate? Due { get; private set; }
    public FuzzyDate? OriginalDue { get; private set; }
    public IReadOnlyList<Deadline> Deadlines => _deadlines ?? [];
    public string? Condition { get; private set; }
    public bool Conditional { get; private set; }
    public bool OnHold { get; private set; }
    public bool Conflict { get; private set; }
    public Interval? Envelope { get; private set; }
    public string? PartOf { get; private set; }
    public bool CancelledWhole { get; private set; }
    public bool Changed { get; private set; }

    /// <summary>Reads the claims on a day; null if none of its pledges has been stated.</summary>
    /// <param name="commitment">The commitment.</param>
    /// <param name="asOf">The day.</param>
    /// <param name="openBefore">Cancellations without a number that are evaluated on this day or later are left out.</param>
    /// <param name="uncancellable">For a day: the amount that a cancellation without a number cannot take back, because it is delivered or in parts.</param>
    public static CommitmentReading? At(Commitment commitment, DateOnly asOf, DateOnly openBefore, Func<DateOnly, Interval> uncancellable)
    {
        CommitmentReading reading;
        if (commitment.Reports is [var only])
        {
            if (!DateWindow.From(only.Stated).HasBegun(asOf)) return null;
            reading = new() { Commitment = commitment, Stated = DateWindow.From(only.Stated) };
            reading.Read(only);
        }
        else
        {
            var pledges = commitment.Reports.Where(c => DateWindow.From(c.Stated).HasBegun(asOf)).ToList();
            if (pledges.Count == 0) return null;
            reading = new() { Commitment = commitment, Stated = pledges.Select(c => DateWindow.From(c.Stated)).Aggregate(DateWindow.Earliest) };
            reading.Read(pledges);
        }
        foreach (var change in commitment.Changes)
            reading.Apply(change, asOf, openBefore, uncancellable);
        if (!reading.Stated.IsOver(asOf))
        {
            reading.Original = reading.Original?.Possible();
            reading.Whole = reading.Whole?.Possible();
            reading.Cancelled = reading.Cancelled.Possible();
        }
        return reading;
    }

    void AddDeadline(Deadline deadline) => (_deadlines ??= []).Add(deadline);

    // Shortcut for the usual case. It gives what the general reading gives.
    void Read(Claim pledge)
    {
        Size = pledge.Quantity is { } number ? new(number, pledge, false, TieBreaker.Agreed) : default;
        (Original, Whole, Envelope) = (pledge.Quantity, pledge.Quantity, pledge.Quantity);
        (Due, OriginalDue) = (pledge.Due, pledge.Due);
        if (pledge.Due is { } due) AddDeadline(new(due, pledge));
        Firmness = pledge.Firmness ?? Firmness.Pledged;
        (PartOf, Condition) = (pledge.PartOf, pledge.Condition);
        Conditional = pledge.ConditionMet is false || Condition is not null && pledge.ConditionMet is not true;
    }

    void Read(List<Claim> pledges)
    {
        // A claim of basis remaining never competes for the number or the firmness. It sets the deadline only if no other pledge does.
        var firm = pledges.Where(c => c.Basis != QuantityBasis.Remaining).ToList();
        var sized = firm.Any(c => c.Quantity is not null) ? firm : [.. firm, .. FirstRemainders(pledges)];
        var size = ResolvedValue.ResolveNumber(sized, c => c.Quantity, ClaimOrder.BySize);
        var due = ResolvedValue.Resolve(firm.Any(c => c.Due is not null) ? firm : pledges, c => c.Due, ClaimOrder.ByBounds);
        var firmness = ResolvedValue.ResolveNumber(firm.Count > 0 ? firm : pledges, c => c.Firmness ?? Firmness.Pledged, Comparer<Firmness>.Default);
        var partOf = ResolvedValue.Resolve(pledges, c => c.PartOf, StringComparer.Ordinal);
        (Size, DueDisputed) = (size, due.Disputed ? due.By : null);
        (Original, Whole) = (size.Value, size.Value);
        Envelope = sized.Select(c => c.Quantity).Aggregate((Interval?)null, (a, b) => a is { } x && b is { } y ? Interval.Hull(x, y) : a ?? b);
        (Due, OriginalDue) = (due.Value, due.Value);
        if (due is { Value: { } first, Claim: { } by }) AddDeadline(new(first, by));
        Firmness = firmness.Value ?? Firmness.Pledged;
        PartOf = partOf.Value;
        Condition = ResolvedValue.Resolve(pledges, c => c.Condition, StringComparer.Ordinal).Value;
        var met = ResolvedValue.ResolveNumber(pledges, c => c.ConditionMet, Comparer<bool>.Default).Value;
        Conditional = met is false || Condition is not null && met is not true;
        Conflict = size.Disputed || partOf.Disputed || DeadlinesContradict(firm.Count > 0 ? firm : pledges) || Commitment.ReportsDisagree
            || (firm.Count > 0 ? firm : pledges).Select(c => c.Firmness == Firmness.Intent).Distinct().Count() > 1;
    }

    // If all pledges are of basis remaining, the first one gives the size. Later ones report what is left of the commitment.
    static IEnumerable<Claim> FirstRemainders(List<Claim> pledges)
    {
        var sized = pledges.Where(c => c is { Basis: QuantityBasis.Remaining, Quantity: not null }).ToList();
        if (sized.Count == 0) return [];
        var first = DateWindow.From(sized.Min(ClaimOrder.ByDay)!.Stated);
        return sized.Where(c => DateWindow.From(c.Stated).Apart(first) <= FirstFit.Tolerance);
    }

    // True if two deadlines share no day. "In 2024" and "by December 2024" do not contradict each other.
    static bool DeadlinesContradict(List<Claim> pledges)
    {
        var dues = pledges.Select(c => c.Due).OfType<FuzzyDate>().ToList();
        return dues.Count > 1 && dues.Max(d => d.From ?? DateOnly.MinValue) > dues.Min(d => d.To ?? DateOnly.MaxValue);
    }

    void Apply(CommitmentChange change, DateOnly asOf, DateOnly openBefore, Func<DateOnly, Interval> uncancellable)
    {
        var (claim, window) = (change.Claim, change.Window);
        if (!window.HasBegun(asOf)) return;
        var over = window.IsOver(asOf);
        if (claim.EffectiveUnit is { } unit && unit != Commitment.Unit && claim.Quantity is not null)
        {
            Conflict |= over;
            return;
        }
        var evaluated = over ? window.End : asOf;
        if (change.IsOpenEnded && evaluated >= openBefore) return;
        var (after, cancelled) = (Whole, Cancelled);
        switch (claim)
        {
            case { Kind: ClaimKind.Amendment } when change.IsOverruled:
                Conflict |= over;
                break;
            case { Kind: ClaimKind.Amendment, Quantity: { } number, Basis: QuantityBasis.Total }:
                after = number.NotNegative();
                break;
            case { Kind: ClaimKind.Amendment, Quantity: { } number }:
                after = ((Whole ?? Interval.Zero) + number).NotNegative();
                break;
            case { Kind: ClaimKind.Cancellation, Quantity: { } number } when Whole is { } whole:
                (after, cancelled) = (whole - number, Cancelled + Interval.Min(whole, number));
                Conflict |= over && number.Low > whole.High;
                break;
            case { Kind: ClaimKind.Cancellation, Quantity: null } when Whole is { } whole:
                var left = uncancellable(evaluated);
                (after, cancelled) = (Interval.Min(whole, left), Cancelled + (whole - left));
                break;
        }
        Changed |= over && (claim.Quantity is not null || change.IsOpenEnded);
        Whole = over || after is not { } then ? after : Interval.Hull(Whole ?? Interval.Zero, then);
        Cancelled = over ? cancelled : Interval.Hull(Cancelled, cancelled);
        if (!over) return;
        CancelledWhole |= change.IsOpenEnded && Whole is null;
        if (claim.Kind != ClaimKind.Amendment) return;
        if (change.Deadline is { } deadline)
        {
            Due = deadline.Due;
            AddDeadline(deadline);
        }
        Firmness = change.Firmness ?? Firmness;
        OnHold = change.OnHold ?? OnHold;
        if (change.Condition is { } condition) (Condition, Conditional) = (condition, true);
        if (change.ConditionMet is { } met) Conditional = !met;
    }
}
