namespace Facts;

/// <summary>
/// The facts that a set of claims is about (DESIGN.md §6): a pure function of claims and decisions, independent of the claims' order.
/// Over a subset of claims it gives the same facts as over all as long as the subset is closed under <see cref="TokensOf(Claim, ItemTree)"/>.
/// </summary>
public sealed class Resolution
{
    internal Resolution(IReadOnlyList<Request> requests, IReadOnlyList<Partition> partitions, IReadOnlyList<Candidate> candidates, ItemTree items)
    {
        (Requests, Partitions, Candidates, Items) = (requests, partitions, candidates, items);
        Commitments = [.. partitions.SelectMany(n => n.Commitments).OrderBy(f => f.First, ClaimOrder.ByName)];
        Deliveries = [.. partitions.SelectMany(n => n.Deliveries).OrderBy(f => f.First, ClaimOrder.ByName)];
    }

    /// <summary>In the facts' order: (article, external id) of the first report.</summary>
    public IReadOnlyList<Request> Requests { get; }

    /// <summary>In the facts' order. What only amendments, cancellations or deliveries name waits for its pledge and is no fact yet.</summary>
    public IReadOnlyList<Commitment> Commitments { get; }

    /// <summary>In the facts' order; running totals too.</summary>
    public IReadOnlyList<Delivery> Deliveries { get; }

    /// <summary>The open review queue.</summary>
    public IReadOnlyList<Candidate> Candidates { get; }

    internal IReadOnlyList<Partition> Partitions { get; }

    internal ItemTree Items { get; }

    /// <summary>Resolves claims that count (not superseded, withdrawn, deprecated or of a retracted article).</summary>
    public static Resolution From(IEnumerable<Claim> claims, ItemTree items, IEnumerable<Decision> decisions) =>
        new Resolver(UnitInference.Of([.. claims.OrderBy(c => c, ClaimOrder.ByName)]), items, [.. decisions.OrderBy(d => d.Id)]).Resolve();

    /// <summary>
    /// What ties a claim to others: two claims that share a token, or are tied by a chain of them, must be resolved together. What is given of items in different
    /// trees is apart, but for a set of both. Decisions tie the claims they name as well, and facts what their claims agree on together (<see cref="TokensOf(Fact, ItemTree)"/>).
    /// Requests are apart from what is given: their unmet need asks only for its sums. A change or an assessment has only the keys it names.
    /// </summary>
    public static IEnumerable<string> TokensOf(Claim claim, ItemTree items)
    {
        if (claim.Kind == ClaimKind.Request) yield return $"t:{claim.Recipient}#{claim.Unit}";
        if (claim.Kind is ClaimKind.Pledge or ClaimKind.Delivery)
            foreach (var tree in items.Trees(claim.Items).Codes) yield return $"s:{claim.Donors.Joint}>{claim.Recipient}/{tree}#{claim.Unit}";
        if (claim.CommitmentKey is { } commitment) yield return "c:" + commitment;
        if (claim.DeliveryKey is { } delivery) yield return "d:" + delivery;
        if (claim.RequestKey is { } request) yield return "r:" + request;
        if (claim.PartOf is { } whole) yield return "c:" + whole;
    }

    /// <summary>What ties a fact to claims and facts: what it concerns may be what none of its claims says.</summary>
    public static IEnumerable<string> TokensOf(Fact fact, ItemTree items) => fact is Request ? [$"t:{fact.Recipient}#{fact.Unit}"]
        : items.Trees(fact.Items).Codes.Select(tree => $"s:{fact.Donors.Joint}>{fact.Recipient}/{tree}#{fact.Unit}");
}
