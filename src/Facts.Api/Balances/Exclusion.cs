using Facts.Api.Projections;

namespace Facts.Api.Balances;

/// <summary>A fact or claim that belongs to a row but adds nothing to it, or nothing to one of its numbers.</summary>
/// <param name="Kind">Kind of the excluded thing: <c>request</c>, <c>commitment</c>, <c>delivery</c> or <c>claim</c>.</param>
/// <param name="Id">Number of the fact or claim.</param>
/// <param name="Reason">Reason for the exclusion, in a word.</param>
/// <param name="Text">Reason for the exclusion, in a sentence.</param>
/// <param name="Claim">The excluded claim with its quote and article; null for a fact.</param>
internal sealed record Exclusion(string Kind, long Id, string Reason, string Text, EvidenceRow? Claim);
