namespace Facts;

/// <summary>
/// A decision of an editor about the claims of one fact, or about the commitment that a delivery went to. It overrules corroboration and matching
/// (docs/semantics.md#decisions). It names claims by <see cref="Claim.FirstEditionId"/>. To undo a decision, leave it out.
/// A decision about claims that no longer count does nothing.
/// </summary>
/// <param name="Id">Number that the store gives the decision. A later decision (larger number) overrules an earlier one.</param>
public abstract record Decision(long Id)
{
    /// <summary>The facts that hold these two claims are one.</summary>
    public sealed record Merge(long Id, long Root, long Other) : Decision(Id);

    /// <summary>
    /// The claim <paramref name="Root"/> leaves the fact that holds <paramref name="Other"/>, and the two are in no pair of the review queue again.
    /// </summary>
    public sealed record Split(long Id, long Root, long Other) : Decision(Id);

    /// <summary>The delivery went to the commitment, as if it named the commitment's key.</summary>
    public sealed record Link(long Id, long Delivery, long Commitment) : Decision(Id);

    /// <summary>The delivery did not go to the commitment, even if it names its key or would match it.</summary>
    public sealed record Unlink(long Id, long Delivery, long Commitment) : Decision(Id);
}
