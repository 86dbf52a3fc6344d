namespace Facts.Api.Changes;

/// <summary>
/// One change of the store: everything that one transaction recorded. Its number is taken at its start, so that claims can carry it; its
/// <see cref="Sequence"/> and record time are given at its very end, so that both follow the order in which changes became visible.
/// </summary>
internal sealed class ChangeRow
{
    public long Id { get; set; }

    /// <summary>How many changes there were, this one included: the store's version.</summary>
    public long Sequence { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
    public string Kind { get; set; } = "";

    /// <summary>First and last number of the claims it recorded, both inclusive; null where it recorded none. Others may lie between.</summary>
    public long? FirstClaim { get; set; }

    public long? LastClaim { get; set; }
    public int ClaimsRecorded { get; set; }
    public int ClaimsEnded { get; set; }

    /// <summary>Articles, parties, items and decisions that it made or changed (JSON).</summary>
    public string Resources { get; set; } = "[]";

    public int FactsChanged { get; set; }

    /// <summary>The first of the facts that came to be, changed or went (JSON).</summary>
    public string Facts { get; set; } = "[]";

    public int BalancesMoved { get; set; }

    /// <summary>The first of the balances that moved (JSON).</summary>
    public string Balances { get; set; } = "[]";
}
