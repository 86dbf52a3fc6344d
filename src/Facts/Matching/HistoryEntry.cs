namespace Facts;

/// <summary>The effect of one claim on a commitment, and the commitment's state at the end of that day.</summary>
/// <param name="On">Date of the entry: of a delivery when it happened, of any other claim when it was stated.</param>
/// <param name="Claim">The claim.</param>
/// <param name="Texts">Effects of the claim in short sentences; one sentence if it changed nothing.</param>
/// <param name="After">State of the commitment at the end of the date. If the date is not over: at the end of the day asked for. If it is before the
/// pledge: on the first day of the pledge.</param>
public sealed record HistoryEntry(FuzzyDate On, Claim Claim, IReadOnlyList<string> Texts, CommitmentState After);
