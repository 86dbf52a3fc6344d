namespace Facts;

/// <summary>Claims that are about one fact, before it is made.</summary>
internal sealed class FactDraft(ClaimKind kind, bool isRunningTotal, string? key)
{
    public ClaimKind Kind { get; } = kind;
    public bool IsCumulative { get; } = isRunningTotal;
    public List<string> Keys { get; } = key is null ? [] : [key];
    public List<Claim> Reports { get; } = [];

    /// <summary>Whether it is only "what is still to come" and has no key: it looks for its commitment.</summary>
    public bool IsRemainder => Kind == ClaimKind.Pledge && Keys.Count == 0 && Reports.All(c => c.Basis == QuantityBasis.Remaining);

    public static string? KeyOf(Claim claim) => claim.Kind switch
    {
        ClaimKind.Request => claim.RequestKey,
        ClaimKind.Pledge => claim.CommitmentKey,
        ClaimKind.Delivery => claim.DeliveryKey,
        _ => null,
    };

    /// <summary>The day that counts in comparing: of a delivery when it happened, else when it was stated.</summary>
    public static DateWindow When(Claim claim) => DateWindow.From(DateOf(claim));

    /// <summary>As <see cref="When"/>, as text.</summary>
    public static FuzzyDate DateOf(Claim claim) => claim.Kind == ClaimKind.Delivery ? claim.Happened ?? claim.Stated : claim.Stated;
}
