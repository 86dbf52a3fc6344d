namespace Facts;

/// <summary>Attributes that a claim may leave out. Two claims are compared by them only if both give them.</summary>
internal readonly record struct MatchProfile(DateOnly? DueFrom, DateOnly? DueTo, bool HasDue, string? PartOf, string? Commitment)
{
    public static MatchProfile From(Claim claim, bool withCommitment) =>
        new(claim.Due?.From, claim.Due?.To, claim.Due is not null, claim.PartOf, withCommitment ? claim.CommitmentKey : null);

    /// <summary>True if the attributes of two claims do not contradict each other.</summary>
    /// <param name="other">Profile of the other claim.</param>
    /// <param name="strict">True if two claims also differ when only one of them names a commitment.</param>
    public bool Agrees(MatchProfile other, bool strict) =>
        (!HasDue || !other.HasDue
            || (DueFrom ?? DateOnly.MinValue) <= (other.DueTo ?? DateOnly.MaxValue)
            && (other.DueFrom ?? DateOnly.MinValue) <= (DueTo ?? DateOnly.MaxValue))
        && (PartOf is null || other.PartOf is null || PartOf == other.PartOf)
        && (Commitment == other.Commitment || !strict && (Commitment is null || other.Commitment is null));
}
