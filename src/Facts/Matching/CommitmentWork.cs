namespace Facts;

/// <summary>A commitment on a day, before deliveries: what its pledges and changes make of it.</summary>
internal sealed class CommitmentWork
{
    public required Commitment Commitment { get; init; }

    /// <summary>When it was first stated.</summary>
    public required DateWindow Stated { get; init; }

    /// <summary>What its pledges say; null without a number.</summary>
    public Interval? Original { get; private set; }

    /// <summary>How its number was chosen.</summary>
    public ResolvedValue<Interval?> Size { get; private set; }

    /// <summary>How its first deadline was chosen; null where all claims that give one agree.</summary>
    public TieBreaker? DueDisputed { get; private set; }

    /// <summary>What it is now, its parts still in it.</summary>
    public Interval? Whole { get; private set; }

    public Interval Cancelled { get; private set; } = Interval.Zero;
    public Firmness Firmness { get; private set; }
    public FuzzyDate? Due { get; private set; }
    public FuzzyDate? OriginalDue { get; private set; }
    public List<Deadline> Deadlines { get; } = [];
    public string? Condition { get; private set; }
    public bool Conditional { get; private set; }
    public bool OnHold { get; private set; }
    public bool Conflict { get; set; }
    public Interval? Envelope { get; private set; }
    public string? PartOf { get; private set; }
    public bool CancelledWhole { get; private set; }
    public bool Changed { get; private set; }

    // Parts (filled in by Parts).
    public CommitmentWork? Inside { get; set; }
    public List<CommitmentWork> Parts { get; } = [];
    public Interval PartsOriginal { get; set; } = Interval.Zero;
    public Interval PartsNow { get; set; } = Interval.Zero;
    public bool HasTakingParts { get; set; }

    public Interval? ResidualOriginal => HasTakingParts ? Original - PartsOriginal : Original;
    public Interval? Residual => HasTakingParts ? Whole - PartsNow : Whole;

    /// <summary>What was taken back of the residual: no more than was in it.</summary>
    public Interval ResidualCancelled => HasTakingParts && Whole is { } whole ? Interval.Min(Cancelled, whole + Cancelled - PartsNow) : Cancelled;

    public bool IsIntent => Firmness == Firmness.Intent;

    /// <summary>Whether deliveries count towards it.</summary>
    public bool TakesPart => !IsIntent && Residual is not null;

    // Filled in by matching.
    public Interval Delivered { get; set; } = Interval.Zero;

    /// <summary>The state on a day; null where no pledge of it has been stated.</summary>
    /// <param name="commitment">The commitment.</param>
    /// <param name="asOf">The day.</param>
    /// <param name="openBefore">Cancellations without a number that are evaluated on this day or later are left out.</param>
    /// <param name="heldAt">What is kept of it (delivered, and in parts) when a cancellation without a number is evaluated at the end of a day.</param>
    public static CommitmentWork? At(Commitment commitment, DateOnly asOf, DateOnly openBefore, Func<DateOnly, Interval> heldAt)
    {
        var pledges = commitment.Reports.Where(c => DateWindow.From(c.Stated).HasBegun(asOf)).ToList();
        if (pledges.Count == 0) return null;
        var state = new CommitmentWork { Commitment = commitment, Stated = pledges.Select(c => DateWindow.From(c.Stated)).Aggregate(DateWindow.Earliest) };
        state.Read(pledges);
        foreach (var change in commitment.Changes)
            state.Apply(change, asOf, openBefore, heldAt);
        if (!state.Stated.IsOver(asOf))
        {
            state.Original = state.Original?.Possible();
            state.Whole = state.Whole?.Possible();
            state.Cancelled = state.Cancelled.Possible();
        }
        return state;
    }

    void Read(List<Claim> pledges)
    {
        // A remainder is no rival of a number or of a firmness, and gives the deadline only where nobody else does.
        var firm = pledges.Where(c => c.Basis != QuantityBasis.Remaining).ToList();
        var sized = firm.Any(c => c.Quantity is not null) ? firm : [.. firm, .. Makers(pledges)];
        var size = ResolvedValue.ResolveNumber(sized, c => c.Quantity, ClaimOrder.BySize);
        var due = ResolvedValue.Resolve(firm.Any(c => c.Due is not null) ? firm : pledges, c => c.Due, ClaimOrder.ByBounds);
        var firmness = ResolvedValue.ResolveNumber(firm.Count > 0 ? firm : pledges, c => c.Firmness ?? Firmness.Pledged, Comparer<Firmness>.Default);
        var partOf = ResolvedValue.Resolve(pledges, c => c.PartOf, StringComparer.Ordinal);
        (Size, DueDisputed) = (size, due.Disputed ? due.By : null);
        (Original, Whole) = (size.Value, size.Value);
        Envelope = sized.Select(c => c.Quantity).Aggregate((Interval?)null, (a, b) => a is { } x && b is { } y ? Interval.Hull(x, y) : a ?? b);
        (Due, OriginalDue) = (due.Value, due.Value);
        if (due is { Value: { } first, Claim: { } by }) Deadlines.Add(new(first, by));
        Firmness = firmness.Value ?? Firmness.Pledged;
        PartOf = partOf.Value;
        Condition = ResolvedValue.Resolve(pledges, c => c.Condition, StringComparer.Ordinal).Value;
        var met = ResolvedValue.ResolveNumber(pledges, c => c.ConditionMet, Comparer<bool>.Default).Value;
        Conditional = met is false || Condition is not null && met is not true;
        Conflict = size.Disputed || partOf.Disputed || Contradict(firm.Count > 0 ? firm : pledges) || Commitment.ReportsDisagree
            || (firm.Count > 0 ? firm : pledges).Select(c => c.Firmness == Firmness.Intent).Distinct().Count() > 1;
    }

    // Where remainders are all there is, the first makes the commitment; a later one says what is left of it.
    static IEnumerable<Claim> Makers(List<Claim> pledges)
    {
        var sized = pledges.Where(c => c is { Basis: QuantityBasis.Remaining, Quantity: not null }).ToList();
        if (sized.Count == 0) return [];
        var first = DateWindow.From(sized.Min(ClaimOrder.ByDay)!.Stated);
        return sized.Where(c => DateWindow.From(c.Stated).Apart(first) <= ClaimClustering.Tolerance);
    }

    // Deadlines that share a day ("in 2024", "by December 2024") do not contradict each other.
    static bool Contradict(List<Claim> pledges)
    {
        var dues = pledges.Select(c => c.Due).OfType<FuzzyDate>().ToList();
        return dues.Count > 1 && dues.Max(d => d.From ?? DateOnly.MinValue) > dues.Min(d => d.To ?? DateOnly.MaxValue);
    }

    void Apply(CommitmentChange change, DateOnly asOf, DateOnly openBefore, Func<DateOnly, Interval> heldAt)
    {
        var (claim, period) = (change.Claim, change.Window);
        if (!period.HasBegun(asOf)) return;
        var over = period.IsOver(asOf);
        if (claim.EffectiveUnit is { } unit && unit != Commitment.Unit && claim.Quantity is not null)
        {
            Conflict |= over;
            return;
        }
        var evaluated = over ? period.End : asOf;
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
                var held = heldAt(evaluated);
                (after, cancelled) = (Interval.Min(whole, held), Cancelled + (whole - held));
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
            Deadlines.Add(deadline);
        }
        Firmness = change.Firmness ?? Firmness;
        OnHold = change.OnHold ?? OnHold;
        if (change.Condition is { } condition) (Condition, Conditional) = (condition, true);
        if (change.ConditionMet is { } met) Conditional = !met;
    }
}
