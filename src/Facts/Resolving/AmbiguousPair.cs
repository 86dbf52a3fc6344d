namespace Facts;

/// <summary>Two claims whose facts may be one.</summary>
internal sealed record AmbiguousPair(CandidateReason Reason, Claim A, Claim B);
