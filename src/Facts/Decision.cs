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
