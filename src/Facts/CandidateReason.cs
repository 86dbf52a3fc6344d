namespace Facts;

/// <summary>Why two facts might be one.</summary>
public enum CandidateReason
{
    /// <summary>Alike, but a date is wide, or the items, dates or numbers are only close.</summary>
    NearMiss,
    /// <summary>A chain of like reports that together spans too many days.</summary>
    LongChain,
    /// <summary>Like reports of more than one keyed fact.</summary>
    SeveralKeys,
    /// <summary>Two like claims of one article.</summary>
    SameArticle,
    /// <summary>What is "still to come" fits more than one open commitment.</summary>
    Remaining,
}
