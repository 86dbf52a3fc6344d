namespace Facts.Api.Hosting;

/// <summary>How what is kept compares with the claims.</summary>
/// <param name="Differences">The first hundred, in words; none where all is well.</param>
/// <param name="Count">How many there are in all.</param>
/// <param name="DatasetVersion">The version of the store when it began.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended.</param>
internal sealed record VerificationResponse(
    IReadOnlyList<string> Differences, int Count, long DatasetVersion, DateTimeOffset StartedAt, DateTimeOffset FinishedAt);
