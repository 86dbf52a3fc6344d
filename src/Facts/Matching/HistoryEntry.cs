namespace Facts;

/// <summary>What one claim changed about a commitment, and how the commitment stood at the end of its day.</summary>
/// <param name="On">When: of a delivery when it happened, of anything else when it was stated.</param>
/// <param name="Claim">The claim.</param>
/// <param name="Texts">What it changed, in short sentences; that it changed nothing is one too.</param>
/// <param name="After">The commitment at the end of that day; of a day that is not over, at the end of the day asked for; of one before its pledge, on the pledge's first day.</param>
public sealed record HistoryEntry(FuzzyDate On, Claim Claim, IReadOnlyList<string> Texts, CommitmentState After);
