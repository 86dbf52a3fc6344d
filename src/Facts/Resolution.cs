namespace Facts;

/// <summary>
/// The facts that a set of claims is about (DESIGN.md §6): a pure function of claims and decisions, independent of the claims' order.
/// Over a subset of claims it gives the same facts as over all, as long as the subset is closed: whoever gives, gets and counts the same is in it
/// together, and so is whoever names the same key; requests may be apart from what is given.
/// </summary>
public sealed class Resolution
{
    internal Resolution(IReadOnlyList<Request> requests, IReadOnlyList<Neighbourhood> neighbourhoods, IReadOnlyList<Candidate> candidates, ItemTree items)
    {
        (Requests, Neighbourhoods, Candidates, Items) = (requests, neighbourhoods, candidates, items);
        Commitments = [.. neighbourhoods.SelectMany(n => n.Commitments).OrderBy(f => f.First, ClaimOrder.ByName)];
        Deliveries = [.. neighbourhoods.SelectMany(n => n.Deliveries).OrderBy(f => f.First, ClaimOrder.ByName)];
    }

    /// <summary>In the facts' order: (article, external id) of the first report.</summary>
    public IReadOnlyList<Request> Requests { get; }

    /// <summary>In the facts' order. What only amendments, cancellations or deliveries name waits for its pledge and is no fact yet.</summary>
    public IReadOnlyList<Commitment> Commitments { get; }

    /// <summary>In the facts' order; running totals too.</summary>
    public IReadOnlyList<Delivery> Deliveries { get; }

    /// <summary>The open review queue.</summary>
    public IReadOnlyList<Candidate> Candidates { get; }

    internal IReadOnlyList<Neighbourhood> Neighbourhoods { get; }

    internal ItemTree Items { get; }

    /// <summary>Resolves claims that count (not superseded, withdrawn, deprecated or of a retracted article).</summary>
    public static Resolution Of(IEnumerable<Claim> claims, ItemTree items, IEnumerable<Decision> decisions) =>
        new Resolver([.. claims.OrderBy(c => c, ClaimOrder.ByName)], items, [.. decisions.OrderBy(d => d.Id)]).Resolve();
}
