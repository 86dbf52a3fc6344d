namespace Facts;

/// <summary>A source document.</summary>
public sealed class Article
{
    /// <summary>Number that the store gives the article. It never orders anything.</summary>
    public required long Id { get; init; }

    /// <summary>Identifies the article everywhere: its external id, or else its url.</summary>
    public required string Name { get; init; }

    public string? Title { get; init; }

    /// <summary>
    /// Name of the publisher; null if none is named. An article without a publisher counts as one publisher of its own, by <see cref="Name"/>.
    /// </summary>
    public string? Publisher { get; init; }

    /// <summary>Date of publication; null if it is unknown.</summary>
    public FuzzyDate? PublishedOn { get; init; }

    /// <summary>Name by which publishers are counted. It is in capitals, so that upper and lower case do not matter.</summary>
    public string PublisherKey => field ??= (Publisher ?? Name).ToUpperInvariant();
}
