namespace Facts;

/// <summary>What a claim may leave open: compared only where both claims give it.</summary>
internal readonly record struct MatchProfile(DateOnly? DueFrom, DateOnly? DueTo, bool HasDue, string? PartOf, string? Commitment)
{
    public static MatchProfile From(Claim claim, bool withCommitment) =>
        new(claim.Due?.From, claim.Due?.To, claim.Due is not null, claim.PartOf, withCommitment ? claim.CommitmentKey : null);

    /// <param name="other">The other claim's.</param>
    /// <param name="strict">Whether a commitment that only one of them names parts them.</param>
    public bool Agrees(MatchProfile other, bool strict) =>
        (!HasDue || !other.HasDue || (DueFrom ?? DateOnly.MinValue) <= (other.DueTo ?? DateOnly.MaxValue) && (other.DueFrom ?? DateOnly.MinValue) <= (DueTo ?? DateOnly.MaxValue))
        && (PartOf is null || other.PartOf is null || PartOf == other.PartOf)
        && (Commitment == other.Commitment || !strict && (Commitment is null || other.Commitment is null));
}
