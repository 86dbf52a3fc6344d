namespace Facts;

/// <summary>Which claims are reports of one fact (DESIGN.md §6, rules 1 and 2).</summary>
internal static class ReportGrouping
{
    public static (List<FactDraft> Groups, List<AmbiguousPair> Doubts) Group(IReadOnlyList<Claim> claims)
    {
        var groups = new List<FactDraft>();
        var doubts = new List<AmbiguousPair>();
        foreach (var kind in claims.Where(c => c.Kind is ClaimKind.Request or ClaimKind.Pledge or ClaimKind.Delivery).GroupBy(c => (c.Kind, IsTotal: c.Basis == QuantityBasis.Cumulative)))
        {
            var keyed = new Dictionary<string, FactDraft>(StringComparer.Ordinal);
            foreach (var claim in kind)
                if (FactDraft.KeyOf(claim) is { } key)
                {
                    if (!keyed.TryGetValue(key, out var group)) keyed[key] = group = new(kind.Key.Kind, kind.Key.IsTotal, key);
                    group.Reports.Add(claim);
                }
            groups.AddRange(keyed.Values);

            var alike = kind.Where(c => !StandaloneKey.IsGivenTo(c)).GroupBy(c => (c.Donors, c.Recipient, c.Items, c.EffectiveUnit, c.Quantity, c.Basis, c.Firmness == Firmness.Intent));
            foreach (var chain in alike.SelectMany(a => Chains(a, doubts)))
                Settle(chain, keyed, groups, doubts, () => new(kind.Key.Kind, kind.Key.IsTotal, null));
        }
        return (groups, doubts);
    }

    // Deliveries that name different commitments are never one, whoever stands between them: such a chain falls apart by what its claims name.
    static List<List<Claim>> Chains(IEnumerable<Claim> alike, List<AmbiguousPair> doubts)
    {
        var chains = new List<List<Claim>>();
        foreach (var chain in ClaimClustering.SingleLinkage(alike, FactDraft.When, Shape))
            if (chain[0].Kind != ClaimKind.Delivery || chain.Select(c => c.CommitmentKey).OfType<string>().Distinct().Count() < 2) chains.Add(chain);
            else
            {
                var parts = ClaimClustering.SingleLinkage(chain, FactDraft.When, Shape, strict: true);
                foreach (var nameless in parts.Where(p => p[0].CommitmentKey is null))
                    doubts.AddRange(parts.Where(p => p[0].CommitmentKey is not null).Select(p => new AmbiguousPair(CandidateReason.SeveralKeys, nameless[0], p[0])));
                chains.AddRange(parts);
            }
        return chains;

        static MatchProfile Shape(Claim c) => MatchProfile.From(c, withCommitment: c.Kind == ClaimKind.Delivery);
    }

    // One chain becomes one fact, or as many as it has claims where that is not certain.
    static void Settle(List<Claim> chain, Dictionary<string, FactDraft> keyed, List<FactDraft> groups, List<AmbiguousPair> doubts, Func<FactDraft> make)
    {
        var keys = chain.Select(FactDraft.KeyOf).OfType<string>().Distinct().ToList();
        var free = chain.Where(c => FactDraft.KeyOf(c) is null).Order(ClaimOrder.ByName).ToList();
        CandidateReason? apart = chain.Count == 1 ? null
            : ClaimClustering.Span(chain.Select(FactDraft.When)) > ClaimClustering.LongestSpan ? CandidateReason.LongChain
            : keys.Count > 1 || keys.Count == 1 && free.Any(c => Parted(c, keyed[keys[0]])) ? CandidateReason.SeveralKeys : null;
        if (apart is { } reason)
        {
            foreach (var claim in free) Alone(claim);
            for (var i = 1; i < chain.Count; i++) doubts.Add(new(reason, chain[i - 1], chain[i]));
            return;
        }
        var group = keys.Count == 1 ? keyed[keys[0]] : null;
        foreach (var claim in free)
            if (group is null)
            {
                groups.Add(group = make());
                group.Reports.Add(claim);
            }
            else if (group.Reports.FirstOrDefault(c => c.Article.Name == claim.Article.Name) is { } told)
            {
                Alone(claim);
                doubts.Add(new(CandidateReason.SameArticle, told, claim));
            }
            else group.Reports.Add(claim);

        // Other claims of the keyed fact may name a commitment that none of the chain does.
        static bool Parted(Claim claim, FactDraft group) =>
            claim is { Kind: ClaimKind.Delivery, CommitmentKey: { } name } && group.Reports.Any(c => c.CommitmentKey is { } other && other != name);

        void Alone(Claim claim)
        {
            var own = make();
            own.Reports.Add(claim);
            groups.Add(own);
        }
    }
}
