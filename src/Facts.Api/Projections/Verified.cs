namespace Facts.Api.Projections;

/// <summary>The result of a verification.</summary>
/// <param name="Partitions">Number of partitions that were compared.</param>
/// <param name="Count">Number of differences.</param>
/// <param name="Differences">The first differences, as sentences.</param>
internal sealed record Verified(int Partitions, int Count, IReadOnlyList<string> Differences);
