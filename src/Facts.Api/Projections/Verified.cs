namespace Facts.Api.Projections;

/// <summary>What a verification found: the first differences in words, and how many there are.</summary>
internal sealed record Verified(int Partitions, int Count, IReadOnlyList<string> Differences);
