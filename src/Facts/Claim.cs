namespace Facts;

/// <summary>
/// One assertion in one article, as reported: immutable. Only claims that count are given to <c>Resolution</c>: not those
/// superseded, withdrawn, deprecated or of a retracted article.
/// </summary>
public sealed record Claim
{
    /// <summary>The store's number: names the claim in answers, never orders anything.</summary>
    public required long Id { get; init; }

    /// <summary>Number of the first edition of this claim: the same for all claims that superseded one another.</summary>
    public required long FirstEditionId { get; init; }

    public required Article Article { get; init; }

    /// <summary>The loader's own id, unique within the article.</summary>
    public required string ExternalId { get; init; }

    public required ClaimKind Kind { get; init; }

    /// <summary>Of a pledge; of an amendment the new firmness, or null to leave it.</summary>
    public Firmness? Firmness { get; init; }

    /// <summary>Joint donors; of a request who is asked. May be empty for a request, an amendment, a cancellation or an assessment.</summary>
    public CodeSet Donors { get; init; } = CodeSet.Empty;

    /// <summary>Null only where an amendment, a cancellation or an assessment leaves it to the fact it is about.</summary>
    public string? Recipient { get; init; }

    /// <summary>Any of them. Empty only where an amendment, a cancellation or an assessment leaves it to the fact it is about.</summary>
    public CodeSet Items { get; init; } = CodeSet.Empty;

    /// <summary>Null where nothing is counted (no unit given and the item has none), or as for <see cref="Recipient"/>.</summary>
    public string? Unit { get; init; }

    /// <summary>
    /// As <see cref="Unit"/>; where the claim gives none, what others that name the same fact count it in. That is filled in by <c>Resolution</c>: "some arrived" of a pledge of
    /// two systems are systems.
    /// </summary>
    public string? EffectiveUnit { get => field ?? Unit; init; }

    /// <summary>The bounds under the vague policy in force; null when unspecified.</summary>
    public Interval? Quantity { get; init; }

    public QuantityBasis Basis { get; init; }

    /// <summary>When it was said. Never null: the article's day where the claim gives none.</summary>
    public required FuzzyDate Stated { get; init; }

    /// <summary>Of a delivery: when it reached its stage. Null for other kinds.</summary>
    public FuzzyDate? Happened { get; init; }

    /// <summary>The deadline; null where there is none.</summary>
    public FuzzyDate? Due { get; init; }

    /// <summary>Of a delivery; null for other kinds.</summary>
    public Stage? Stage { get; init; }

    /// <summary>A condition of the pledge; null where there is none.</summary>
    public string? Condition { get; init; }

    /// <summary>Whether the condition is met; null where the claim does not say.</summary>
    public bool? ConditionMet { get; init; }

    /// <summary>Of an amendment: deliveries suspended (true) or resumed (false).</summary>
    public bool? OnHold { get; init; }

    /// <summary>Key of the commitment it is about or fulfils.</summary>
    public string? CommitmentKey { get; init; }

    /// <summary>Key of the delivery it is about.</summary>
    public string? DeliveryKey { get; init; }

    /// <summary>Key of the request it is about.</summary>
    public string? RequestKey { get; init; }

    public AssessmentKind? Assessment { get; init; }

    /// <summary>Key of the larger commitment that this one is inside.</summary>
    public string? PartOf { get; init; }

    public Quote? Quote { get; init; }

    public Rank Rank { get; init; } = Rank.Normal;

    /// <summary>Where a store keeps it: says nothing of the world, and is handed through. Null outside of a store.</summary>
    public string? Partition { get; init; }
}
