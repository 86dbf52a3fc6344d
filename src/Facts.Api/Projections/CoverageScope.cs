namespace Facts.Api.Projections;

/// <summary>
/// The partitions whose projections a question needs. Requests of a recipient with many deliveries are often not covered, so a question about commitments
/// must not wait for them.
/// </summary>
/// <param name="Recipients">Only partitions of these recipients; null for all.</param>
/// <param name="AreOfRequests">True for partitions of requests only, false for all others only, null for both.</param>
internal readonly record struct CoverageScope(string[]? Recipients, bool? AreOfRequests)
{
    public static CoverageScope All { get; } = new(null, null);

    /// <summary>The partitions that the facts of one kind are in.</summary>
    public static CoverageScope Of<TRow>(string[]? recipients) where TRow : FactRow => new(recipients, typeof(TRow) == typeof(RequestRow));
}
