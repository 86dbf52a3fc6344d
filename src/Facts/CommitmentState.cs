namespace Facts;

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
