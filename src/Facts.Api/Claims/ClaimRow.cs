namespace Facts.Api.Claims;

/// <summary>A claim as stored: the wire record with its codes resolved, its dates' bounds beside their texts, and its record times.</summary>
internal sealed class ClaimRow
{
    public long Id { get; set; }

    /// <summary>Id of the first edition; its own where it is the first.</summary>
    public long FirstEditionId { get; set; }

    public long ArticleId { get; set; }
    public string ExternalId { get; set; } = "";
    public string Kind { get; set; } = "";
    public string? Firmness { get; set; }
    public List<string> Donors { get; set; } = [];
    public string? Recipient { get; set; }
    public List<string> Items { get; set; } = [];
    public string QuantityQualifier { get; set; } = "";
    public decimal? QuantityLow { get; set; }
    public decimal? QuantityHigh { get; set; }
    public string QuantityBasis { get; set; } = "";
    public string? QuantityText { get; set; }
    public string? Unit { get; set; }
    public string StatedOn { get; set; } = "";
    public DateOnly? StatedFrom { get; set; }
    public DateOnly? StatedTo { get; set; }
    public string? HappenedOn { get; set; }
    public DateOnly? HappenedFrom { get; set; }
    public DateOnly? HappenedTo { get; set; }
    public string? DueOn { get; set; }
    public DateOnly? DueFrom { get; set; }
    public DateOnly? DueTo { get; set; }
    public string? Stage { get; set; }
    public string? Condition { get; set; }
    public bool? ConditionMet { get; set; }
    public bool? OnHold { get; set; }
    public string? Commitment { get; set; }
    public string? Delivery { get; set; }
    public string? Request { get; set; }
    public string? Assessment { get; set; }
    public string? PartOf { get; set; }
    public string? Quote { get; set; }
    public string? QuotePrefix { get; set; }
    public string? QuoteSuffix { get; set; }
    public string? Claimant { get; set; }
    public string? Attribution { get; set; }
    public string Rank { get; set; } = "normal";
    public string? Note { get; set; }

    /// <summary>Fingerprint of what the loader sent: the same one again changes nothing.</summary>
    public string Content { get; set; } = "";

    /// <summary>The partition it counts in: claims of different ones never touch the same number unless a key ties them.</summary>
    public string Partition { get; set; } = "";

    /// <summary>The change that recorded it, which has the record time.</summary>
    public long RecordedIn { get; set; }

    /// <summary>The change from which on it does not count; null while it does.</summary>
    public long? SupersededIn { get; set; }

    /// <summary>The claim that took its place; null where it counts or was withdrawn.</summary>
    public long? SupersededBy { get; set; }

    public ClaimRow Copy() => (ClaimRow)MemberwiseClone();
}
