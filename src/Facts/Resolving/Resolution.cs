namespace Facts;

/// <summary>
/// The facts of a set of claims (docs/semantics.md#facts-from-claims): a pure function of claims and decisions, independent of the order of claims.
/// A subset of claims that is closed under <see cref="TokensOf(Claim, ItemTree)"/> gives the facts that all claims together give for it.
/// </summary>
public sealed class Resolution
{
    /// <param name="facts">All facts of the partitions, and the requests, in the order of facts.</param>
    /// <param name="partitions">The partitions of the commitments and deliveries.</param>
    /// <param name="candidates">The open pairs.</param>
    /// <param name="items">The item tree.</param>
    internal Resolution(IEnumerable<Fact> facts, IReadOnlyList<Partition> partitions, IReadOnlyList<Candidate> candidates, ItemTree items)
    {
        (Partitions, Candidates, Items) = (partitions, candidates, items);
        var (requests, commitments, deliveries) = (new List<Request>(), new List<Commitment>(), new List<Delivery>());
        foreach (var fact in facts)
            if (fact is Commitment commitment) commitments.Add(commitment);
            else if (fact is Delivery delivery) deliveries.Add(delivery);
            else requests.Add((Request)fact);
        (Requests, Commitments, Deliveries) = (requests, commitments, deliveries);
    }

    /// <summary>All requests in the order of facts: article and external id of the first report.</summary>
    public IReadOnlyList<Request> Requests { get; }

    /// <summary>All commitments in the order of facts. A key that only amendments, cancellations or deliveries name makes no commitment yet.</summary>
    public IReadOnlyList<Commitment> Commitments { get; }

    /// <summary>All deliveries in the order of facts, including cumulative totals.</summary>
    public IReadOnlyList<Delivery> Deliveries { get; }

    /// <summary>Requests, commitments and deliveries, one after the other.</summary>
    public IEnumerable<Fact> Facts => Requests.Concat<Fact>(Commitments).Concat(Deliveries);

    /// <summary>The open pairs of the review queue.</summary>
    public IReadOnlyList<Candidate> Candidates { get; }

    /// <summary>The open pairs by the numbers of their facts. Computed once, since the states of every day need them.</summary>
    internal ByNumber<Candidate> Pairs => field ??= new(PairsOfFacts(), Number().Count);

    internal IReadOnlyList<Partition> Partitions { get; }

    internal ItemTree Items { get; }

    IReadOnlyList<Fact> AllFacts => field ??= [.. Facts];

    /// <summary>
    /// Gives each fact its place among <see cref="Facts"/> as its number (<see cref="Fact.Number"/>).
    /// </summary>
    /// <returns>The facts by number.</returns>
    internal IReadOnlyList<Fact> Number()
    {
        for (var i = 0; i < AllFacts.Count; i++) AllFacts[i].Number = i;
        return AllFacts;
    }

    IEnumerable<(Candidate Pair, int Fact)> PairsOfFacts()
    {
        foreach (var pair in Candidates)
        {
            yield return (pair, pair.A.Number);
            yield return (pair, pair.B.Number);
        }
    }

    /// <summary>
    /// This resolution in slices. No fact affects a fact of another slice on any day, except that commitments and deliveries reduce the unmet need of requests.
    /// Facts with equal donors, recipient, items and unit are in one slice.
    /// </summary>
    public IReadOnlyList<Resolution> Slices()
    {
        if (Partitions.Count + Math.Min(Requests.Count, 1) <= 1) return [this];
        // The requests are one slice, after the partitions.
        var requests = Partitions.Count;
        var slices = new DisjointSets(requests + 1);
        var owners = new Dictionary<Fact, int>();
        foreach (var (i, partition) in Partitions.Index())
        {
            foreach (var fact in partition.Commitments) owners[fact] = i;
            foreach (var fact in partition.Deliveries) owners[fact] = i;
        }
        foreach (var pair in Candidates) slices.Join(OwnerOf(pair.A), OwnerOf(pair.B));
        var partitions = Partitions.Index().ToLookup(p => slices.Find(p.Index), p => p.Item);
        var facts = Facts.ToLookup(fact => slices.Find(OwnerOf(fact)));
        var candidates = Candidates.ToLookup(pair => slices.Find(OwnerOf(pair.A)));
        return [.. Enumerable.Range(0, requests + 1).Where(i => slices.Find(i) == i)
            .Select(i => new Resolution(facts[i], [.. partitions[i]], [.. candidates[i]], Items))];

        int OwnerOf(Fact fact) => owners.GetValueOrDefault(fact, requests);
    }

    /// <summary>Resolves claims into facts. All claims must count: none is superseded, withdrawn, deprecated or of a retracted article.</summary>
    public static Resolution From(IEnumerable<Claim> claims, ItemTree items, IEnumerable<Decision> decisions, CancellationToken cancel = default) =>
        FromKnown([.. claims.Order(ClaimOrder.ByName)], items, decisions, null, null, cancel);

    /// <summary>Resolves claims into facts, and takes over what is known of nearly the same claims.</summary>
    /// <param name="claims">Claims in the order of article and external id.</param>
    /// <param name="items">The item tree.</param>
    /// <param name="decisions">The decisions of editors.</param>
    /// <param name="known">Facts of an earlier resolution; null without one.</param>
    /// <param name="pairs">Pairs of that resolution; null without one.</param>
    /// <param name="cancel">Ends the computation.</param>
    internal static Resolution FromKnown(
        List<Claim> claims, ItemTree items, IEnumerable<Decision> decisions, KnownFacts? known, KnownPairs? pairs, CancellationToken cancel) =>
        new Resolver(UnitInference.FillIn(claims), items, [.. decisions.OrderBy(d => d.Id)], known, pairs, cancel).Resolve();

    /// <summary>
    /// Tokens that connect a claim with others. Claims that share a token, directly or through a chain of claims, must be resolved together.
    /// Claims about items of different categories share none, unless a set contains both.
    /// A decision also connects the claims that it names, and a fact connects its claims with others (<see cref="TokensOf(Fact, ItemTree)"/>).
    /// Requests share no token with commitments and deliveries, since unmet need uses only sums of these.
    /// An amendment, a cancellation or an assessment has only the keys that it names.
    /// </summary>
    public static IEnumerable<string> TokensOf(Claim claim, ItemTree items)
    {
        foreach (var token in SubjectTokens(claim.Kind, claim.Donors, claim.Recipient, items.Trees(claim.Items), claim.Unit)) yield return token;
        if (claim.CommitmentKey is { } commitment) yield return "c:" + commitment;
        if (claim.DeliveryKey is { } delivery) yield return "d:" + delivery;
        if (claim.RequestKey is { } request) yield return "r:" + request;
        if (claim.PartOf is { } whole) yield return "c:" + whole;
    }

    /// <summary>
    /// Tokens that connect a fact with claims and other facts. Its donors, recipient, items and unit are each decided on their own, so no single claim
    /// may have this combination.
    /// </summary>
    public static IEnumerable<string> TokensOf(Fact fact, ItemTree items) => SubjectTokens(
        fact is Request ? ClaimKind.Request : ClaimKind.Delivery, fact.Donors, fact.Recipient, items.Trees(fact.Items), fact.Unit);

    static IEnumerable<string> SubjectTokens(ClaimKind kind, CodeSet donors, string? recipient, CodeSet trees, string? unit)
    {
        if (kind == ClaimKind.Request) yield return $"t:{recipient}#{unit}";
        if (kind is ClaimKind.Pledge or ClaimKind.Delivery)
            foreach (var tree in trees.Codes) yield return $"s:{donors.Joint}>{recipient}/{tree}#{unit}";
        foreach (var token in ReviewTokens(kind, donors, recipient, trees, unit)) yield return token;
    }

    /// <summary>
    /// Tokens that connect facts only for review: those of a donor alone and jointly with others, and those counted in different units. Money is counted in
    /// currencies that are never compared, so each currency is on its own. Requests have none: all requests of a recipient and unit are connected anyway.
    /// </summary>
    public static IEnumerable<string> ReviewTokens(ClaimKind kind, CodeSet donors, string? recipient, CodeSet trees, string? unit)
    {
        if (kind is not (ClaimKind.Pledge or ClaimKind.Delivery)) yield break;
        var currency = unit is not null && Unit.IsCurrency(unit) ? "#" + unit : "";
        foreach (var tree in trees.Codes)
            foreach (var donor in donors.Codes) yield return $"n:{recipient}/{tree}/{donor}{currency}";
    }
}
