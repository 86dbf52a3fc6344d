namespace Facts;

/// <summary>
/// The facts that a set of claims is about (DESIGN.md §6): a pure function of claims and decisions, independent of the claims' order.
/// Over a subset of claims it gives the same facts as over all as long as the subset is closed under <see cref="TokensOf"/>.
/// </summary>
public sealed partial class Resolution
{
    /// <summary>In the facts' order: (article, external id) of the first report.</summary>
    public required IReadOnlyList<Request> Requests { get; init; }

    /// <summary>In the facts' order; with those that wait for a pledge.</summary>
    public required IReadOnlyList<Commitment> Commitments { get; init; }

    /// <summary>In the facts' order; running totals too.</summary>
    public required IReadOnlyList<Delivery> Deliveries { get; init; }

    /// <summary>The open review queue.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }

    /// <summary>Resolves claims that count (not superseded, withdrawn, deprecated or of a retracted article).</summary>
    public static Resolution Of(IEnumerable<Claim> claims, ItemTree items, IEnumerable<Decision> decisions) => throw new NotImplementedException();

    /// <summary>
    /// What ties a claim to others: two claims that share a token, or are tied by a chain of them, must be resolved together. Decisions tie the claims they
    /// name as well.
    /// </summary>
    public static IEnumerable<string> TokensOf(Claim claim)
    {
        if (claim.Recipient is { } recipient)
            yield return $"n:{recipient}:{claim.Unit}"; // unmet need looks at every donor
        if (claim.CommitmentKey is { } commitment) yield return "c:" + commitment;
        if (claim.DeliveryKey is { } delivery) yield return "d:" + delivery;
        if (claim.RequestKey is { } request) yield return "r:" + request;
        if (claim.PartOf is { } whole) yield return "c:" + whole;
    }
}
