namespace Facts;

/// <summary>A deadline, and the claim that set it.</summary>
public sealed record Deadline(FuzzyDate Due, Claim Claim);
