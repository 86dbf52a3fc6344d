namespace Facts;

/// <summary>
/// An editor's word on which claims are about one fact and which delivery went where; it overrules corroboration (DESIGN.md §6).
/// Claims are named by <see cref="Claim.FirstEditionId"/>. Undone by leaving it out. A decision about claims that no longer count does nothing.
/// </summary>
/// <param name="Id">The store's number; a later decision (larger number) overrules an earlier one.</param>
public abstract record Decision(long Id)
{
    /// <summary>The facts that hold these two claims are one.</summary>
    public sealed record Merge(long Id, long Root, long Other) : Decision(Id);

    /// <summary>The claim <paramref name="Root"/> is not about the fact that holds <paramref name="Other"/>: it leaves it, and no candidate joins the two again.</summary>
    public sealed record Split(long Id, long Root, long Other) : Decision(Id);

    /// <summary>The delivery went to the commitment, as if it named it.</summary>
    public sealed record Link(long Id, long Delivery, long Commitment) : Decision(Id);

    /// <summary>The delivery did not go to the commitment, whatever it names and however well it would match.</summary>
    public sealed record Unlink(long Id, long Delivery, long Commitment) : Decision(Id);
}

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

/// <summary>
/// A pair for the review queue. For <see cref="CandidateReason.Remaining"/> <see cref="Claim"/> is a pledge that belongs to no fact yet, the two facts
/// are open commitments that it fits; otherwise both facts may be one and Claim is null. A is before B in the facts' order.
/// </summary>
public sealed record Candidate(CandidateReason Reason, Fact A, Fact B, Claim? Claim);
