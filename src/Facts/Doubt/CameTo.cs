namespace Facts;

/// <summary>The numbers that a commitment has come to on the day of another pledge.</summary>
/// <param name="Fact">The commitment.</param>
/// <param name="Work">Its working values on the day; null if it has neither changed nor received anything.</param>
internal readonly record struct CameTo(ComparedFact Fact, CommitmentWork? Work)
{
    /// <summary>Committed, less its parts.</summary>
    public Interval? Current => Work is null ? Fact.Size : Work.Residual;

    /// <summary>Committed, with its parts.</summary>
    public Interval? Whole => Work is null ? Fact.Size : Work.Whole;

    /// <summary>Committed less delivered.</summary>
    public Interval? Outstanding => Work is null ? Fact.Size : Work.Residual - Work.Delivered;

    /// <summary>The deadline in force.</summary>
    public FuzzyDate? Due => Work is null ? Fact.Due : Work.Due;

    /// <summary>The reason why a later pledge may repeat the commitment; null if there is none.</summary>
    public CandidateReason? ReasonFor(ComparedFact pledge)
    {
        if (pledge.Size is not { } size || size == Interval.Zero) return null;
        var outstanding = Outstanding;
        if (size != Fact.Size && (size == Current || size == Whole || size == outstanding)) return CandidateReason.StateTold;
        if (outstanding is not { High: not 0 } open) return null;
        var isRepeated = size == Fact.Size && (Deadlines.MayAgree(pledge.Due, Due) || Deadlines.MayAgree(pledge.Due, Fact.Due));
        return isRepeated || pledge.Due is null && Due is null && open.Contains(size) ? CandidateReason.AnnouncedAgain : null;
    }
}
