namespace Facts;

/// <summary>A source document.</summary>
public sealed record Article
{
    /// <summary>The store's number; never used to order anything.</summary>
    public required long Id { get; init; }

    /// <summary>What identifies it everywhere: its external id, else its url.</summary>
    public required string Name { get; init; }

    public string? Title { get; init; }

    /// <summary>Null where nobody is named; such articles count as one publisher each by <see cref="Name"/>.</summary>
    public string? Publisher { get; init; }

    /// <summary>Null where it is not known.</summary>
    public FuzzyDate? PublishedOn { get; init; }

    /// <summary>Publishers are compared without case.</summary>
    public string PublisherKey => (Publisher ?? Name).ToUpperInvariant();
}
