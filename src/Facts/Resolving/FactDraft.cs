namespace Facts;

/// <summary>Reports of one fact before the fact is built.</summary>
internal sealed class FactDraft(ClaimKind kind, bool isCumulative, string? key)
{
    public ClaimKind Kind { get; } = kind;
    public bool IsCumulative { get; } = isCumulative;
    public List<string> Keys { get; } = key is null ? [] : [key];
    public List<Claim> Reports { get; } = [];

    /// <summary>True if all reports are pledges of basis remaining and it has no key. Such a draft looks for its commitment.</summary>
    public bool IsRemainder => Kind == ClaimKind.Pledge && Keys.Count == 0 && Reports.TrueForAll(c => c.Basis == QuantityBasis.Remaining);

    public static string? KeyOf(Claim claim) => claim.Kind switch
    {
        ClaimKind.Request => claim.RequestKey,
        ClaimKind.Pledge => claim.CommitmentKey,
        ClaimKind.Delivery => claim.DeliveryKey,
        _ => null,
    };

    /// <summary>The date by which claims are compared, as a window: of a delivery when it happened, else when it was stated.</summary>
    public static DateWindow When(Claim claim) => DateWindow.From(DateOf(claim));

    /// <summary>The date by which claims are compared: of a delivery when it happened, else when it was stated.</summary>
    public static FuzzyDate DateOf(Claim claim) => claim.Kind == ClaimKind.Delivery ? claim.Happened ?? claim.Stated : claim.Stated;
}
