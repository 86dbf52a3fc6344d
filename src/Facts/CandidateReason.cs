namespace Facts;

/// <summary>Why two facts may be one (docs/semantics.md#doubt).</summary>
public enum CandidateReason
{
    /// <summary>Close, but not alike: a date is wide, or only the items, dates or numbers are close.</summary>
    NearMiss,
    /// <summary>A chain of alike reports that spans more than 31 days.</summary>
    LongChain,
    /// <summary>Alike reports that belong to several keys or commitments.</summary>
    SeveralKeys,
    /// <summary>Two alike claims of one article.</summary>
    SameArticle,
    /// <summary>A claim of basis remaining that fits several open commitments.</summary>
    Remaining,
}
