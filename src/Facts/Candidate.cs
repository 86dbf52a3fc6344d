namespace Facts;

/// <summary>
/// A pair for the review queue. For <see cref="CandidateReason.Remaining"/> <see cref="Claim"/> is a pledge that belongs to no fact yet, the two facts
/// are open commitments that it fits; otherwise both facts may be one and Claim is null. A is before B in the facts' order.
/// </summary>
public sealed record Candidate(CandidateReason Reason, Fact A, Fact B, Claim? Claim);
