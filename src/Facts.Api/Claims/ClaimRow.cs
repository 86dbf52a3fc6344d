namespace Facts.Api.Claims;

/// <summary>A claim as stored: names are codes, dates have bounds next to their texts, and record times are references to changes.</summary>
internal sealed class ClaimRow
{
    public long Id { get; set; }

    /// <summary>Id of the first edition; its own id if it is the first.</summary>
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

    /// <summary>Fingerprint of the content: a row with the same fingerprint changes nothing.</summary>
    public string Content { get; set; } = "";

    /// <summary>
    /// <see cref="Content"/> of the row of the file that said this claim last; null if no file did. It differs from the content where somebody corrected
    /// the claim since. A row with this fingerprint changes nothing.
    /// </summary>
    public string? FileContent { get; set; }

    /// <summary>Partition in which the claim counts. Claims of different partitions never enter one number, unless a key links the partitions.</summary>
    public string Partition { get; set; } = "";

    /// <summary>Id of the change that recorded it. The change has the record time.</summary>
    public long RecordedIn { get; set; }

    /// <summary>Id of the change from which it does not count; null while it counts.</summary>
    public long? SupersededIn { get; set; }

    /// <summary>Id of the claim that superseded it; null if it counts or was withdrawn.</summary>
    public long? SupersededBy { get; set; }

    public ClaimRow Copy() => (ClaimRow)MemberwiseClone();
}
