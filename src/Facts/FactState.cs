namespace Facts;

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
