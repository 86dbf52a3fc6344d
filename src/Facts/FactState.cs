namespace Facts;

/// <summary>How far a commitment has come.</summary>
public enum CommitmentStatus
{
    /// <summary>Nothing has arrived of it.</summary>
    Open,
    /// <summary>Something has arrived, and something may be outstanding.</summary>
    Partial,
    /// <summary>Certainly nothing is outstanding.</summary>
    Fulfilled,
    /// <summary>It was taken back: nothing is committed any more.</summary>
    Cancelled,
}

/// <summary>A deadline, and the claim that set it.</summary>
public sealed record Deadline(FuzzyDate Due, Claim Claim);

/// <summary>A fact as it stands from a <see cref="EvaluationOptions"/>: everything an answer says about it.</summary>
public abstract record FactState
{
    public required Fact Fact { get; init; }
    public FactKind Kind => Fact.Kind;
    public long FactId => Fact.Id;
    public string? Key => Fact.Key;
    public CodeSet Donors => Fact.Donors;
    public string Recipient => Fact.Recipient;
    public CodeSet Items => Fact.Items;
    public string? Unit => Fact.Unit;

    /// <summary>When its earliest claim was stated.</summary>
    public required FuzzyDate Stated { get; init; }

    /// <summary>First day it can have been stated, of a delivery have reached the stage asked for.</summary>
    public required DateOnly Begins { get; init; }

    /// <summary>Last day of that; <see cref="DateOnly.MaxValue"/> where it has no end.</summary>
    public required DateOnly Ends { get; init; }

    /// <summary>Its evidence as far as stated by the day, by stated day. Of an unexplained delivery: the running total's claims.</summary>
    public required IReadOnlyList<Claim> Claims { get; init; }

    /// <summary>What it adds to its row; the ends of a running total's rest not in order.</summary>
    public required Measures Measures { get; init; }

    /// <summary>Whether it is in any count of a balance: false for a delivery that has not reached the stage asked for.</summary>
    public bool Counts { get; init; } = true;

    /// <summary>Without a number.</summary>
    public bool Unquantified { get; init; }

    /// <summary>A denial hangs on it.</summary>
    public bool Disputed { get; init; }

    /// <summary>Claims disagree.</summary>
    public bool Conflict { get; init; }

    /// <summary>Hull of the numbers that claims give for it; null where none does.</summary>
    public Interval? Envelope { get; init; }

    /// <summary>An open candidate of the review queue holds it.</summary>
    public bool PossibleOverlap { get; init; }

    /// <summary>What of it is linked, in the order of matching.</summary>
    public IReadOnlyList<Link> Links { get; init; } = [];

    /// <summary>The rules that made it what it is.</summary>
    public IReadOnlyList<Reason> Reasons => Why();

    // Put into words only where somebody asks.
    internal Func<IReadOnlyList<Reason>> Why { get; init; } = () => [];
}

/// <summary>
/// A commitment as it stands. All numbers are those of the residual where it has parts (<see cref="PartsTaken"/>); null where it has no number.
/// They are given for an intent too; <see cref="FactState.Measures"/> has such a one under intended only.
/// </summary>
public sealed record CommitmentState : FactState
{
    public Commitment Commitment => (Commitment)Fact;

    public Interval? Original { get; init; }

    /// <summary>What is committed now: original, amendments and cancellations.</summary>
    public Interval? Current { get; init; }

    /// <summary>As <see cref="Current"/>, before its parts are taken out of it.</summary>
    public Interval? Whole { get; init; }

    public Interval Cancelled { get; init; } = Interval.Zero;

    /// <summary>What was delivered to it, beyond the commitment too.</summary>
    public Interval Delivered { get; init; } = Interval.Zero;

    public Interval? Credited { get; init; }
    public Interval? Surplus { get; init; }
    public Interval? Outstanding { get; init; }
    public Interval? Overdue { get; init; }
    public Interval? OverdueOriginal { get; init; }
    public Firmness Firmness { get; init; }

    /// <summary>The deadline in force; null where there is none.</summary>
    public FuzzyDate? Due { get; init; }

    public FuzzyDate? OriginalDue { get; init; }

    /// <summary>All deadlines so far, the original first.</summary>
    public IReadOnlyList<Deadline> Deadlines { get; init; } = [];

    /// <summary>Under a condition that is not met.</summary>
    public bool Conditional { get; init; }

    /// <summary>The condition's text, met or not; null where there is none.</summary>
    public string? Condition { get; init; }

    public bool OnHold { get; init; }
    public CommitmentStatus Status { get; init; }

    /// <summary>Key of the larger commitment; null where it is inside none.</summary>
    public string? PartOf { get; init; }

    /// <summary>Fact id of the larger commitment that it is taken out of; null where there is none on this day.</summary>
    public long? WholeId { get; init; }

    /// <summary>What its parts take out of it; null where it has none.</summary>
    public Interval? PartsTaken { get; init; }

    /// <summary>Independent publishers among the visible claims.</summary>
    public int Publishers { get; init; }
}

/// <summary>A delivery, or what a running total leaves unexplained, as it stands.</summary>
public sealed record DeliveryState : FactState
{
    public Delivery Delivery => (Delivery)Fact;

    /// <summary>What counts of it at the stage asked for, less rejections; null where it has no number.</summary>
    public Interval? Delivered { get; init; }

    /// <summary>What of it went to no commitment.</summary>
    public Interval? Unpledged { get; init; }

    /// <summary>When it reached the stage asked for; where it has not, when it reached its latest stage.</summary>
    public required FuzzyDate Happened { get; init; }

    /// <summary>The furthest stage it has reached by the day.</summary>
    public Stage Stage { get; init; }

    /// <summary>What a running total leaves unexplained, not a delivery somebody reported.</summary>
    public bool Unexplained { get; init; }
}

/// <summary>A request as it stands.</summary>
public sealed record RequestState : FactState
{
    public Request Request => (Request)Fact;
    public Interval? Requested { get; init; }

    /// <summary>What was promised, or came unpledged, on it or after it, whoever gave it.</summary>
    public Interval Met { get; init; } = Interval.Zero;

    public Interval? UnmetNeed { get; init; }
    public FuzzyDate? Due { get; init; }
}

/// <summary>All facts that exist from a view, in the facts' order.</summary>
public sealed record FactStates(
    EvaluationOptions Options,
    IReadOnlyList<RequestState> Requests,
    IReadOnlyList<CommitmentState> Commitments,
    IReadOnlyList<DeliveryState> Deliveries,
    IReadOnlyList<Link> Links)
{
    /// <summary>Requests, commitments, deliveries.</summary>
    public IEnumerable<FactState> All => [.. Requests, .. Commitments, .. Deliveries];
}
