using Facts.Api.Projections;

namespace Facts.Api.Balances;

/// <summary>What has to do with a row and adds nothing to it, or nothing to some number of it.</summary>
/// <param name="Kind">What it is: <c>request</c>, <c>commitment</c>, <c>delivery</c> or <c>claim</c>.</param>
/// <param name="Id">Its number.</param>
/// <param name="Reason">Why, in a word.</param>
/// <param name="Text">Why, in a sentence.</param>
/// <param name="Claim">Of a claim: what it says, in which words, and where; else null.</param>
internal sealed record Exclusion(string Kind, long Id, string Reason, string Text, EvidenceRow? Claim);
