namespace Facts;

/// <summary>The numbers that a commitment has come to on the day of another pledge.</summary>
/// <param name="Fact">The commitment.</param>
/// <param name="Current">Committed, less its parts.</param>
/// <param name="Whole">Committed, with its parts.</param>
/// <param name="Outstanding">Committed less delivered.</param>
/// <param name="Due">The deadline in force.</param>
internal readonly record struct CameTo(ComparedFact Fact, Interval? Current, Interval? Whole, Interval? Outstanding, FuzzyDate? Due)
{
    /// <summary>A commitment that has neither changed nor received anything.</summary>
    public static CameTo Unchanged(ComparedFact fact) => new(fact, fact.Size, fact.Size, fact.Size, fact.Due);

    public static CameTo From(ComparedFact fact, CommitmentWork state) =>
        new(fact, state.Residual, state.Whole, state.Residual - state.Delivered, state.Due);

    /// <summary>The reason why a later pledge may repeat the commitment; null if there is none.</summary>
    public CandidateReason? ReasonFor(ComparedFact pledge)
    {
        if (pledge.Size is not { } size || size == Interval.Zero) return null;
        if (size != Fact.Size && (size == Current || size == Whole || size == Outstanding)) return CandidateReason.StateTold;
        if (Outstanding is not { High: not 0 } open) return null;
        var isRepeated = size == Fact.Size && (Deadlines.MayAgree(pledge.Due, Due) || Deadlines.MayAgree(pledge.Due, Fact.Due));
        return isRepeated || pledge.Due is null && Due is null && open.Contains(size) ? CandidateReason.AnnouncedAgain : null;
    }
}
