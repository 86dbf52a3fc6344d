namespace Facts;

/// <summary>
/// One assertion in one article, as the article reports it. It is immutable. <c>Resolution</c> takes only claims that count.
/// A claim that was superseded, withdrawn or deprecated does not count, and neither does a claim of a retracted article.
/// </summary>
public sealed record Claim
{
    /// <summary>Number that the store gives the claim. It names the claim in answers and never orders anything.</summary>
    public required long Id { get; init; }

    /// <summary>Id of the first edition of the claim. All editions that superseded one another share it.</summary>
    public required long FirstEditionId { get; init; }

    public required Article Article { get; init; }

    /// <summary>The contributor's own id of the claim, unique within the article.</summary>
    public required string ExternalId { get; init; }

    public required ClaimKind Kind { get; init; }

    /// <summary>Firmness of a pledge. Of an amendment: the new firmness, or null to leave the firmness alone.</summary>
    public Firmness? Firmness { get; init; }

    /// <summary>
    /// Parties that give jointly. Of a request: the parties that are asked. May be empty for a request, an amendment, a cancellation or an assessment.
    /// </summary>
    public CodeSet Donors { get; init; } = CodeSet.Empty;

    /// <summary>Party that receives. Null only if an amendment, a cancellation or an assessment leaves it to its fact.</summary>
    public string? Recipient { get; init; }

    /// <summary>Items, of which any may be given. Empty only if an amendment, a cancellation or an assessment leaves them to its fact.</summary>
    public CodeSet Items { get; init; } = CodeSet.Empty;

    /// <summary>
    /// Unit of the number. Null if neither the claim nor its item gives one, or if an amendment, a cancellation or an assessment leaves it to its fact.
    /// </summary>
    public string? Unit { get; init; }

    /// <summary>
    /// The claim's <see cref="Unit"/>, or else the unit of other claims that name the fact by its key. <c>Resolution</c> fills it in.
    /// Example: "some arrived", with the key of a pledge of two systems, counts systems.
    /// </summary>
    public string? EffectiveUnit { get => field ?? Unit; init; }

    /// <summary>Bounds of the number under the vague policy in force; null without a number.</summary>
    public Interval? Quantity { get; init; }

    public QuantityBasis Basis { get; init; }

    /// <summary>The date of the statement: the article's date of publication if the claim gives no date.</summary>
    public required FuzzyDate Stated { get; init; }

    /// <summary>The date on which a delivery reached its <see cref="Stage"/>; null for other kinds.</summary>
    public FuzzyDate? Happened { get; init; }

    /// <summary>The deadline; null without one.</summary>
    public FuzzyDate? Due { get; init; }

    /// <summary>Stage that a delivery reached; null for other kinds.</summary>
    public Stage? Stage { get; init; }

    /// <summary>Text of a condition; null without one.</summary>
    public string? Condition { get; init; }

    /// <summary>True if the condition is met; null if the claim does not say.</summary>
    public bool? ConditionMet { get; init; }

    /// <summary>In an amendment: deliveries are suspended (true) or resumed (false). Null if the claim does not say.</summary>
    public bool? OnHold { get; init; }

    /// <summary>Key of the commitment that the claim is about or that the delivery fulfils; null if the claim names none.</summary>
    public string? CommitmentKey { get; init; }

    /// <summary>Key of the delivery that the claim is about; null if the claim names none.</summary>
    public string? DeliveryKey { get; init; }

    /// <summary>Key of the request that the claim is about; null if the claim names none.</summary>
    public string? RequestKey { get; init; }

    public AssessmentKind? Assessment { get; init; }

    /// <summary>Key of the larger commitment that contains this one; null if there is none.</summary>
    public string? PartOf { get; init; }

    public Quote? Quote { get; init; }

    public Rank Rank { get; init; } = Rank.Normal;

    /// <summary>Key of the partition in which a store keeps the claim. The core hands it through and never reads it. Null outside of a store.</summary>
    public string? Partition { get; init; }
}
