namespace Facts;

/// <summary>The steps from claims to facts.</summary>
/// <param name="claims">In their fixed order.</param>
/// <param name="items">The tree of items.</param>
/// <param name="decisions">In the order in which they were made.</param>
internal sealed class Resolver(IReadOnlyList<Claim> claims, ItemTree items, IReadOnlyList<Decision> decisions)
{
    readonly ILookup<string, Claim> _aboutCommitment = claims
        .Where(c => c is { Kind: ClaimKind.Amendment or ClaimKind.Cancellation } or { Kind: ClaimKind.Assessment, DeliveryKey: null } && c.CommitmentKey is not null)
        .ToLookup(c => c.CommitmentKey!);

    // An assessment hangs on one fact, the closest it names, so that it counts once.
    readonly ILookup<string, Claim> _aboutDelivery = claims.Where(c => c is { Kind: ClaimKind.Assessment, DeliveryKey: not null }).ToLookup(c => c.DeliveryKey!);
    readonly ILookup<string, Claim> _aboutRequest = claims
        .Where(c => c is { Kind: ClaimKind.Assessment, RequestKey: not null, CommitmentKey: null, DeliveryKey: null }).ToLookup(c => c.RequestKey!);
    readonly HashSet<string> _increments = [.. claims
        .Where(c => c is { Kind: ClaimKind.Delivery, DeliveryKey: not null, Basis: not QuantityBasis.Cumulative }).Select(c => c.DeliveryKey!)];
    readonly IReadOnlyList<Decision> _decisions = DecisionApplier.RedirectToReports(decisions, claims);
    readonly List<(Claim Claim, List<Claim> Fits)> _undecided = [];

    public Resolution Resolve()
    {
        var (groups, doubts) = ReportGrouping.Group(claims);
        DecisionApplier.Apply(groups, _decisions);
        var requests = groups.Where(g => g.Kind == ClaimKind.Request)
            .Select(g => new Request(KeyOf(g), g.Reports, About(g, _aboutRequest))).OrderBy(f => f.First, ClaimOrder.ByName).ToList();
        var partitions = Split([.. groups.Where(g => g.Kind != ClaimKind.Request)]).Select(Settle).ToList();
        var facts = requests.Concat<Fact>(partitions.SelectMany(n => n.Commitments)).Concat(partitions.SelectMany(n => n.Deliveries))
            .OrderBy(f => f.First, ClaimOrder.ByName).ToList();
        var candidates = Candidates.Find(facts, doubts, items, _decisions);
        var holders = facts.OfType<Commitment>().SelectMany(f => f.Reports, (f, c) => (c.FirstEditionId, f)).ToDictionary(x => x.FirstEditionId, x => x.f);
        foreach (var (claim, fits) in _undecided)
            candidates.AddRange(fits.Skip(1).Select(f => new Candidate(CandidateReason.Remaining, holders[fits[0].FirstEditionId], holders[f.FirstEditionId], claim)));
        return new(requests, partitions, candidates, items);
    }

    // Groups that may touch one another: no more than must be looked at together.
    IEnumerable<List<FactDraft>> Split(List<FactDraft> groups)
    {
        var sets = new DisjointSets(groups.Count);
        var holders = new Dictionary<object, int>();
        for (var i = 0; i < groups.Count; i++)
        {
            foreach (var tie in groups[i].Reports.SelectMany(c => Ties(c).Concat(Concerns(c.Donors, c.Recipient, c.Items, c.EffectiveUnit))).Concat(groups[i].Keys.Select(k => groups[i].Kind == ClaimKind.Pledge ? ("c", k) : (object)("d", k))))
                if (!holders.TryAdd(tie, i)) sets.Join(i, holders[tie]);
            // What comes out may be what none of them says.
            if (!ResolvedValue.Disagree(groups[i].Reports)) continue;
            var (donors, recipient, of, unit) = ResolvedValue.ResolveSubject(groups[i].Reports);
            foreach (var concern in Concerns(donors, recipient, of, unit))
                if (!holders.TryAdd(concern, i)) sets.Join(i, holders[concern]);
        }
        foreach (var (delivery, commitment) in _decisions.OfType<Decision.Link>().Select(l => (l.Delivery, l.Commitment)))
            if (holders.TryGetValue(("root", delivery), out var a) && holders.TryGetValue(("root", commitment), out var b)) sets.Join(a, b);
        return Enumerable.Range(0, groups.Count).GroupBy(sets.Find).Select(g => g.Select(i => groups[i]).ToList());

        static IEnumerable<object> Ties(Claim c)
        {
            yield return ("root", c.FirstEditionId);
            if (c.CommitmentKey is { } commitment) yield return ("c", commitment);
            if (c.PartOf is { } whole) yield return ("c", whole);
        }

        IEnumerable<object> Concerns(CodeSet donors, string? recipient, CodeSet of, string? unit) =>
            items.Trees(of).Codes.Select(tree => (object)(donors, recipient, tree, unit));
    }

    // Remainders ("two more are still to come") look for their commitment one after another, each among what stands by then.
    Partition Settle(List<FactDraft> groups)
    {
        var settled = groups.FindAll(g => !g.IsRemainder);
        foreach (var remainder in groups.Where(g => g.IsRemainder)
            .OrderBy(g => Said(g).End).ThenBy(g => Said(g).Begin).ThenBy(g => g.Reports.Min(ClaimOrder.ByName)!, ClaimOrder.ByName))
        {
            var said = Said(remainder);
            var day = said.End == DateOnly.MaxValue ? said.Begin : said.End;
            var fits = Build(settled).At(EvaluationOptions.Default(day)).Commitments.Where(s => Fits(remainder, s)).Select(s => s.Commitment.First).Order(ClaimOrder.ByName).ToList();
            if (fits.Count == 0) settled.Add(remainder);
            else if (fits.Count == 1) settled.First(g => g.Reports.Contains(fits[0])).Reports.AddRange(remainder.Reports);
            else _undecided.AddRange(remainder.Reports.Select(c => (c, fits)));
        }
        return Build(settled);

        static DateWindow Said(FactDraft g) => g.Reports.Select(c => DateWindow.From(c.Stated)).Aggregate(DateWindow.Earliest);
    }

    bool Fits(FactDraft remainder, CommitmentWork state)
    {
        var (claim, commitment) = (remainder.Reports[0], state.Commitment);
        if (!state.TakesPart || state.Residual is not { } residual || residual - state.Delivered is not { High: not 0 } outstanding) return false;
        if (claim.Quantity is { } number && !outstanding.Contains(number)) return false;
        if (!claim.Donors.Equals(commitment.Donors) || claim.Recipient != commitment.Recipient || !claim.Items.Equals(commitment.Items) || claim.EffectiveUnit != commitment.Unit) return false;
        return !_decisions.OfType<Decision.Split>().Any(s => remainder.Reports.Any(c => c.FirstEditionId == s.Root) && commitment.Reports.Any(c => c.FirstEditionId == s.Other));
    }

    Partition Build(List<FactDraft> groups)
    {
        var commitments = groups.Where(g => g.Kind == ClaimKind.Pledge).Select(g => new Commitment(KeyOf(g), [.. g.Reports], About(g, _aboutCommitment), [.. g.Keys])).ToList();
        var deliveries = groups.Where(g => g.Kind == ClaimKind.Delivery)
            .Select(g => new Delivery(KeyOf(g), [.. g.Reports], g.IsCumulative ? AboutTotal(g) : About(g, _aboutDelivery), g.IsCumulative)).ToList();
        var byKey = commitments.SelectMany(c => c.Keys, (c, k) => (c, k)).ToDictionary(x => x.k, x => x.c, StringComparer.Ordinal);
        foreach (var commitment in commitments)
            commitment.Wholes = commitment.Reports.Select(c => c.PartOf).OfType<string>().Distinct().Where(byKey.ContainsKey).ToDictionary(k => k, k => byKey[k]);
        DecisionApplier.AssignTargets(deliveries, commitments, byKey, _decisions);
        CumulativeTotals.Repeat(deliveries);
        return new(commitments, deliveries, items);
    }

    // Of a key that increments have too, the assessments are theirs.
    List<Claim> AboutTotal(FactDraft total) => [.. total.Keys.Where(k => !_increments.Contains(k)).SelectMany(k => _aboutDelivery[k])];

    static string? KeyOf(FactDraft group) => group.Keys.Min(StringComparer.Ordinal);

    static List<Claim> About(FactDraft group, ILookup<string, Claim> claims) => [.. group.Keys.SelectMany(k => claims[k])];
}
