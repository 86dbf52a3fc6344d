namespace Facts.Api.Hosting;

/// <summary>The result of comparing the stored projections with the claims.</summary>
/// <param name="Differences">The first 100 differences in words; empty if there is none.</param>
/// <param name="Count">Number of all differences.</param>
/// <param name="DatasetVersion">Version of the store that was compared.</param>
/// <param name="StartedAt">Instant at which the comparison began, in UTC.</param>
/// <param name="FinishedAt">Instant at which the comparison ended, in UTC.</param>
internal sealed record VerificationResponse(
    IReadOnlyList<string> Differences, int Count, long DatasetVersion, DateTimeOffset StartedAt, DateTimeOffset FinishedAt);
