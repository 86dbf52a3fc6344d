namespace Facts.Api.Changes;

/// <summary>
/// One entry of the change log: everything that one committed write changed. Its number is reserved at the start of the write, so that claims can carry it. Its
/// <see cref="Sequence"/> and record time are set just before the commit, so that both follow the order in which changes became visible.
/// </summary>
internal sealed class ChangeRow
{
    public long Id { get; set; }

    /// <summary>Number of changes up to and including this one: the version of the store.</summary>
    public long Sequence { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
    public string Kind { get; set; } = "";

    /// <summary>
    /// First number of the claims that the change recorded, inclusive; null where it recorded none. Numbers of other changes may lie between first and last.
    /// </summary>
    public long? FirstClaim { get; set; }

    /// <summary>Last number of the claims that the change recorded, inclusive; null where it recorded none.</summary>
    public long? LastClaim { get; set; }
    public int ClaimsRecorded { get; set; }
    public int ClaimsEnded { get; set; }

    /// <summary>The articles, parties, items, perimeters and decisions that the change made, changed or removed (JSON).</summary>
    public string Resources { get; set; } = "[]";

    public int FactsChanged { get; set; }

    /// <summary>The facts that were created, changed or removed, the first <see cref="ChangeRecord.MaxListed"/> (JSON).</summary>
    public string Facts { get; set; } = "[]";

    public int BalancesMoved { get; set; }

    /// <summary>The balances that moved, the first <see cref="ChangeRecord.MaxListed"/> (JSON).</summary>
    public string Balances { get; set; } = "[]";
}
