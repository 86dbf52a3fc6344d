namespace Facts;

/// <summary>Working values of a commitment on a day: its own claims first, then its parts, then deliveries.</summary>
internal sealed class CommitmentWork(CommitmentReading reading)
{
    // Null if it has none, as nearly all.
    List<CommitmentWork>? _parts;
    TakenParts? _taken;

    /// <summary>The values that its own claims give.</summary>
    public CommitmentReading Reading => reading;

    public Commitment Commitment => reading.Commitment;
    public DateWindow Stated => reading.Stated;
    public Interval? Original => reading.Original;
    public Interval? Whole => reading.Whole;
    public Interval Cancelled => reading.Cancelled;
    public FuzzyDate? Due => reading.Due;
    public string? PartOf => reading.PartOf;
    public bool IsIntent => reading.Firmness == Firmness.Intent;
    public bool Conflict { get; set; } = reading.Conflict;

    // Set by CommitmentParts.
    public CommitmentWork? Inside { get; set; }
    public IReadOnlyList<CommitmentWork> Parts => _parts ?? [];
    public bool HasTakingParts => _taken is not null;
    public Interval PartsNow => _taken?.Now ?? Interval.Zero;

    public Interval? ResidualOriginal => _taken is null ? Original : Original - _taken.Original;
    public Interval? Residual => _taken is null ? Whole : Whole - _taken.Now;

    /// <summary>Cancelled part of the residual: at most what was in it.</summary>
    public Interval ResidualCancelled => _taken is not null && Whole is { } whole ? Interval.Min(Cancelled, whole + Cancelled - _taken.Now) : Cancelled;

    /// <summary>True if deliveries count towards it: it has a number and is no intent.</summary>
    public bool TakesPart => !IsIntent && Residual is not null;

    /// <summary>Sum of its links, set by Allocation. Low may exceed high, since lows and highs are allocated separately.</summary>
    public Interval Allocated { get; set; } = Interval.Zero;

    /// <summary>Delivered to it, with the ends in order. Every number and comparison of the commitment uses this.</summary>
    public Interval Delivered => Allocated.InOrder();

    /// <summary>Its place among those of its kind, set by <see cref="Matching"/>.</summary>
    public int Number { get; set; }

    public void AddPart(CommitmentWork part) => (_parts ??= []).Add(part);

    /// <summary>Takes a part out of it.</summary>
    public void TakeOut(Interval original, Interval now)
    {
        _taken ??= new();
        (_taken.Original, _taken.Now) = (_taken.Original + original, _taken.Now + now);
    }

    /// <summary>True if these are certainly the same working values as others. A commitment with parts or inside another one is never the same.</summary>
    public bool IsAs(CommitmentWork other) => reading == other.Reading && Allocated == other.Allocated && IsAlone && other.IsAlone;

    bool IsAlone => Inside is null && _parts is null;

    /// <summary>The sums that the parts take out of a commitment.</summary>
    sealed class TakenParts
    {
        public Interval Original { get; set; } = Interval.Zero;
        public Interval Now { get; set; } = Interval.Zero;
    }
}
