namespace Facts;

/// <summary>A fact as of a day, under <see cref="EvaluationOptions"/>: everything that an answer says about it.</summary>
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

    /// <summary>Stated date of its earliest report.</summary>
    public required FuzzyDate Stated { get; init; }

    /// <summary>First day on which it can have been stated. Of a delivery: first day on which it can have reached the minimum stage.</summary>
    public required DateOnly Begins { get; init; }

    /// <summary>
    /// Last day on which it can have been stated. Of a delivery: last day on which it can have reached the minimum stage. <see cref="DateOnly.MaxValue"/>
    /// if the end is open.
    /// </summary>
    public required DateOnly Ends { get; init; }

    /// <summary>Its claims that were stated by the day, in the order of stated days. Of an unexplained remainder: claims of the cumulative total.</summary>
    public required IReadOnlyList<Claim> Claims { get; init; }

    /// <summary>Numbers that it adds to its row. An unexplained remainder may have low above high.</summary>
    public required Measures Measures { get; init; }

    /// <summary>True if it is in any count of a balance. False for a delivery that has not reached the minimum stage.</summary>
    public bool Counts { get; init; } = true;

    /// <summary>True without a number.</summary>
    public bool Unquantified { get; init; }

    /// <summary>True if a denial of it has been stated.</summary>
    public bool Disputed { get; init; }

    /// <summary>True if its claims contradict each other.</summary>
    public bool Conflict { get; init; }

    /// <summary>Hull of all numbers that its claims give; null if none gives one.</summary>
    public Interval? Envelope { get; init; }

    /// <summary>True if an open pair of the review queue contains it.</summary>
    public bool PossibleOverlap { get; init; }

    /// <summary>
    /// Facts of its kind that an open pair of the review queue puts beside it, and that exist on the day. The two may be one fact counted twice.
    /// </summary>
    public IReadOnlyList<Fact> Overlapping { get; init; } = [];

    /// <summary>Its links in the order of matching.</summary>
    public IReadOnlyList<Link> Links { get; init; } = [];

    /// <summary>The rules that produced its numbers and attributes. Computed on each call.</summary>
    public IReadOnlyList<Reason> Reasons => Why();

    // The texts are made only when a caller reads Reasons: most callers never do.
    internal Func<IReadOnlyList<Reason>> Why { get; init; } = () => [];
}
