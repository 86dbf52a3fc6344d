namespace Facts.Api.Balances;

/// <summary>A claim behind the row, with its quote.</summary>
internal sealed record ExplainedClaim
{
    /// <summary>Number of the claim.</summary>
    public required long Id { get; init; }

    /// <summary>The loader's own id, unique within the article.</summary>
    public required string ExternalId { get; init; }

    /// <summary>What it says happened or should happen.</summary>
    public required ClaimKind Kind { get; init; }

    /// <summary>When it was said (EDTF).</summary>
    public required string StatedOn { get; init; }

    /// <summary>Of a delivery: when it reached its stage (EDTF).</summary>
    public required string? HappenedOn { get; init; }

    /// <summary>Deadline (EDTF).</summary>
    public required string? DueOn { get; init; }

    /// <summary>Least it can be, inclusive; null where unspecified.</summary>
    public required decimal? QuantityLow { get; init; }

    /// <summary>Most it can be, inclusive; null where unspecified or without bound.</summary>
    public required decimal? QuantityHigh { get; init; }

    /// <summary>What the number counts.</summary>
    public required QuantityBasis QuantityBasis { get; init; }

    /// <summary>What is counted.</summary>
    public required string? Unit { get; init; }

    /// <summary>The exact passage.</summary>
    public required string? Quote { get; init; }

    /// <summary>What stands before it.</summary>
    public required string? QuotePrefix { get; init; }

    /// <summary>What stands after it.</summary>
    public required string? QuoteSuffix { get; init; }

    /// <summary>Number of the article.</summary>
    public required long ArticleId { get; init; }

    /// <summary>External id of the article, else its address.</summary>
    public required string Article { get; init; }

    /// <summary>Title of the article.</summary>
    public required string? ArticleTitle { get; init; }

    /// <summary>Who published it.</summary>
    public required string? ArticlePublisher { get; init; }

    /// <summary>When it was published (EDTF).</summary>
    public required string? ArticlePublishedOn { get; init; }

    /// <summary>The facts it is evidence of.</summary>
    public required IReadOnlyList<FactName> About { get; init; }
}
