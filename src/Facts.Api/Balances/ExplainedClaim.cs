namespace Facts.Api.Balances;

/// <summary>A claim behind a row, with its quote.</summary>
internal sealed record ExplainedClaim
{
    /// <summary>Number of the claim.</summary>
    public required long Id { get; init; }

    /// <summary>Id that the importer gave the claim, unique within the article.</summary>
    public required string ExternalId { get; init; }

    /// <summary>Kind of statement: a pledge, a delivery, a request and so on.</summary>
    public required ClaimKind Kind { get; init; }

    /// <summary>Day on which the claim was stated (EDTF).</summary>
    public required string StatedOn { get; init; }

    /// <summary>Day on which a delivery reached its stage (EDTF); null for other kinds.</summary>
    public required string? HappenedOn { get; init; }

    /// <summary>Deadline (EDTF); null where there is none.</summary>
    public required string? DueOn { get; init; }

    /// <summary>Least quantity that is possible, inclusive; null where unspecified.</summary>
    public required decimal? QuantityLow { get; init; }

    /// <summary>Greatest quantity that is possible, inclusive; null where unspecified or without an upper bound.</summary>
    public required decimal? QuantityHigh { get; init; }

    /// <summary>Meaning of the number: an increment, a cumulative total so far, what remains, or a total.</summary>
    public required QuantityBasis QuantityBasis { get; init; }

    /// <summary>Unit in which the quantity is counted; null where nothing is counted.</summary>
    public required string? Unit { get; init; }

    /// <summary>The exact passage of the article; null without a quote.</summary>
    public required string? Quote { get; init; }

    /// <summary>Text before the quoted passage; null where none was given.</summary>
    public required string? QuotePrefix { get; init; }

    /// <summary>Text after the quoted passage; null where none was given.</summary>
    public required string? QuoteSuffix { get; init; }

    /// <summary>Number of the article.</summary>
    public required long ArticleId { get; init; }

    /// <summary>External id of the article, or its address where it has none.</summary>
    public required string Article { get; init; }

    /// <summary>Title of the article.</summary>
    public required string? ArticleTitle { get; init; }

    /// <summary>Publisher of the article.</summary>
    public required string? ArticlePublisher { get; init; }

    /// <summary>Day on which the article was published (EDTF).</summary>
    public required string? ArticlePublishedOn { get; init; }

    /// <summary>The facts that the claim is evidence of.</summary>
    public required IReadOnlyList<FactName> About { get; init; }
}
