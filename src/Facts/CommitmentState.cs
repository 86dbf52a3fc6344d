namespace Facts;

/// <summary>
/// A commitment as of a day. If it has parts (<see cref="PartsTaken"/>), all numbers but <see cref="Whole"/> are those of its residual.
/// A number is null if the commitment has none. An intent has <see cref="Original"/> and <see cref="Current"/> too, but its
/// <see cref="FactState.Measures"/> has only the measure intended.
/// </summary>
public sealed record CommitmentState : FactState
{
    public Commitment Commitment => (Commitment)Fact;

    /// <summary>The working values of which the state is made.</summary>
    internal CommitmentWork? Work { get; init; }

    public Interval? Original { get; init; }

    /// <summary>Committed on the day: the original plus amendments minus cancellations.</summary>
    public Interval? Current { get; init; }

    /// <summary>Committed on the day, before the parts are taken out.</summary>
    public Interval? Whole { get; init; }

    public Interval Cancelled { get; init; } = Interval.Zero;

    /// <summary>Delivered to the commitment, including what exceeds it.</summary>
    public Interval Delivered { get; init; } = Interval.Zero;

    public Interval? Credited { get; init; }
    public Interval? Surplus { get; init; }
    public Interval? Outstanding { get; init; }
    public Interval? Overdue { get; init; }
    public Interval? OverdueOriginal { get; init; }
    public Firmness Firmness { get; init; }

    /// <summary>The deadline in force; null without one.</summary>
    public FuzzyDate? Due { get; init; }

    public FuzzyDate? OriginalDue { get; init; }

    /// <summary>All deadlines up to the day, the original first.</summary>
    public IReadOnlyList<Deadline> Deadlines { get; init; } = [];

    /// <summary>True under a condition that is not met.</summary>
    public bool Conditional { get; init; }

    /// <summary>Text of the condition, whether it is met or not; null without a condition.</summary>
    public string? Condition { get; init; }

    public bool OnHold { get; init; }
    public CommitmentStatus Status { get; init; }

    /// <summary>Key of the larger commitment that its claims name; null if they name none.</summary>
    public string? PartOf { get; init; }

    /// <summary>Fact id of the larger commitment that contains it; null if that does not exist on the day.</summary>
    public long? WholeId { get; init; }

    /// <summary>Sum that its parts take out of it; null if no part takes anything out.</summary>
    public Interval? PartsTaken { get; init; }

    /// <summary>Number of distinct publishers among <see cref="FactState.Claims"/>.</summary>
    public int Publishers { get; init; }
}
