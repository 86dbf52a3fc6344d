namespace Facts;

/// <summary>Working values of a commitment on a day: pledges and changes first, then parts, then deliveries.</summary>
internal sealed class CommitmentWork
{
    // The kept working values of which these are a copy; null if they are none.
    CommitmentWork? _copyOf;

    // Null if it has none, as nearly all.
    List<CommitmentWork>? _parts;
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
    public bool Conflict { get; set; }
    public Interval? Envelope { get; private set; }
    public string? PartOf { get; private set; }
    public bool CancelledWhole { get; private set; }
    public bool Changed { get; private set; }

    // Set by CommitmentParts.
    public CommitmentWork? Inside { get; set; }
    public IReadOnlyList<CommitmentWork> Parts => _parts ?? [];
    public Interval PartsOriginal { get; set; } = Interval.Zero;
    public Interval PartsNow { get; set; } = Interval.Zero;
    public bool HasTakingParts { get; set; }

    public Interval? ResidualOriginal => HasTakingParts ? Original - PartsOriginal : Original;
    public Interval? Residual => HasTakingParts ? Whole - PartsNow : Whole;

    /// <summary>Cancelled part of the residual: at most what was in it.</summary>
    public Interval ResidualCancelled => HasTakingParts && Whole is { } whole ? Interval.Min(Cancelled, whole + Cancelled - PartsNow) : Cancelled;

    public bool IsIntent => Firmness == Firmness.Intent;

    /// <summary>True if deliveries count towards it: it has a number and is no intent.</summary>
    public bool TakesPart => !IsIntent && Residual is not null;

    /// <summary>Sum of its links, set by Allocation. Low may exceed high, since lows and highs are allocated separately.</summary>
    public Interval Allocated { get; set; } = Interval.Zero;

    /// <summary>Delivered to it, with the ends in order. Every number and comparison of the commitment uses this.</summary>
    public Interval Delivered => Allocated.InOrder();

    public void AddPart(CommitmentWork part) => (_parts ??= []).Add(part);

    /// <summary>Its place among those of its kind, set by <see cref="Matching"/>.</summary>
    public int Number { get; set; }

    /// <summary>A copy to which parts and goods can be given.</summary>
    public CommitmentWork Copy()
    {
        var copy = (CommitmentWork)MemberwiseClone();
        copy._copyOf = this;
        return copy;
    }

    /// <summary>True if these are certainly the same working values as others. A commitment with parts or inside another one is never the same.</summary>
    public bool IsAs(CommitmentWork other) => _copyOf is not null && _copyOf == other._copyOf && Allocated == other.Allocated && IsAlone && other.IsAlone;

    bool IsAlone => Inside is null && _parts is null;

    /// <summary>Computes the working values on a day; null if none of its pledges has been stated.</summary>
    /// <param name="commitment">The commitment.</param>
    /// <param name="asOf">The day.</param>
    /// <param name="openBefore">Cancellations without a number that are evaluated on this day or later are left out.</param>
    /// <param name="uncancellable">For a day: the amount that a cancellation without a number cannot take back, because it is delivered or in parts.</param>
    public static CommitmentWork? At(Commitment commitment, DateOnly asOf, DateOnly openBefore, Func<DateOnly, Interval> uncancellable)
    {
        CommitmentWork state;
        if (commitment.Reports is [var only])
        {
            if (!DateWindow.From(only.Stated).HasBegun(asOf)) return null;
            state = new() { Commitment = commitment, Stated = DateWindow.From(only.Stated) };
            state.Read(only);
        }
        else
        {
            var pledges = commitment.Reports.Where(c => DateWindow.From(c.Stated).HasBegun(asOf)).ToList();
            if (pledges.Count == 0) return null;
            state = new() { Commitment = commitment, Stated = pledges.Select(c => DateWindow.From(c.Stated)).Aggregate(DateWindow.Earliest) };
            state.Read(pledges);
        }
        foreach (var change in commitment.Changes)
            state.Apply(change, asOf, openBefore, uncancellable);
        if (!state.Stated.IsOver(asOf))
        {
            state.Original = state.Original?.Possible();
            state.Whole = state.Whole?.Possible();
            state.Cancelled = state.Cancelled.Possible();
        }
        return state;
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
