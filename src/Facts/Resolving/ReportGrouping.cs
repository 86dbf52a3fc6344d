namespace Facts;

/// <summary>Groups claims into reports of one fact, by keys and by corroboration (docs/semantics.md#facts-from-claims).</summary>
internal static class ReportGrouping
{
    public static (List<FactDraft> Drafts, List<AmbiguousPair> Ambiguous) Group(IReadOnlyList<Claim> claims)
    {
        var drafts = new List<FactDraft>();
        var ambiguous = new List<AmbiguousPair>();
        foreach (var kind in claims.Where(c => c.Kind is ClaimKind.Request or ClaimKind.Pledge or ClaimKind.Delivery)
            .GroupBy(c => (c.Kind, IsTotal: c.Basis == QuantityBasis.Cumulative)))
        {
            var keyed = new Dictionary<string, FactDraft>(StringComparer.Ordinal);
            foreach (var claim in kind)
                if (FactDraft.KeyOf(claim) is { } key)
                {
                    if (!keyed.TryGetValue(key, out var draft)) keyed[key] = draft = new(kind.Key.Kind, kind.Key.IsTotal, key);
                    draft.Reports.Add(claim);
                }
            drafts.AddRange(keyed.Values);

            var alike = kind.Where(c => !StandaloneKey.IsGivenTo(c))
                .GroupBy(c => (c.Donors, c.Recipient, c.Items, c.EffectiveUnit, c.Quantity, c.Basis, c.Firmness == Firmness.Intent));
            foreach (var chain in alike.SelectMany(a => Chains(a, ambiguous)))
                AddChain(chain, keyed, drafts, ambiguous, () => new(kind.Key.Kind, kind.Key.IsTotal, null));
        }
        return (drafts, ambiguous);
    }

    // Finds the chains of alike claims. A chain of deliveries that name different commitments is split by commitment;
    // deliveries of the chain that name none stand apart, as ambiguous pairs with the others.
    static List<List<Claim>> Chains(IEnumerable<Claim> alike, List<AmbiguousPair> ambiguous)
    {
        var chains = new List<List<Claim>>();
        foreach (var chain in ClaimClustering.SingleLinkage(alike, FactDraft.When, Profile))
            if (chain[0].Kind != ClaimKind.Delivery || chain.Select(c => c.CommitmentKey).OfType<string>().Distinct().Count() < 2) chains.Add(chain);
            else
            {
                var parts = ClaimClustering.SingleLinkage(chain, FactDraft.When, Profile, strict: true);
                foreach (var nameless in parts.Where(p => p[0].CommitmentKey is null))
                    ambiguous.AddRange(parts.Where(p => p[0].CommitmentKey is not null)
                        .Select(p => new AmbiguousPair(CandidateReason.SeveralKeys, nameless[0], p[0])));
                chains.AddRange(parts);
            }
        return chains;

        static MatchProfile Profile(Claim c) => MatchProfile.From(c, withCommitment: c.Kind == ClaimKind.Delivery);
    }

    // Makes one fact of a chain. If that is uncertain, each report without a key becomes a fact of its own, and the pairs go to the review queue.
    static void AddChain(List<Claim> chain, Dictionary<string, FactDraft> keyed, List<FactDraft> drafts, List<AmbiguousPair> ambiguous, Func<FactDraft> make)
    {
        var keys = chain.Select(FactDraft.KeyOf).OfType<string>().Distinct().ToList();
        var keyless = chain.Where(c => FactDraft.KeyOf(c) is null).Order(ClaimOrder.ByName).ToList();
        CandidateReason? uncertain = chain.Count == 1 ? null
            : ClaimClustering.Span(chain.Select(FactDraft.When)) > ClaimClustering.LongestSpan ? CandidateReason.LongChain
            : keys.Count > 1 || keys.Count == 1 && keyless.Any(c => NamesOtherCommitment(c, keyed[keys[0]])) ? CandidateReason.SeveralKeys : null;
        if (uncertain is { } reason)
        {
            foreach (var claim in keyless) AddOwnDraft(claim);
            for (var i = 1; i < chain.Count; i++) ambiguous.Add(new(reason, chain[i - 1], chain[i]));
            return;
        }
        var draft = keys.Count == 1 ? keyed[keys[0]] : null;
        foreach (var claim in keyless)
            if (draft is null)
            {
                drafts.Add(draft = make());
                draft.Reports.Add(claim);
            }
            else if (draft.Reports.FirstOrDefault(c => c.Article.Name == claim.Article.Name) is { } first)
            {
                AddOwnDraft(claim);
                ambiguous.Add(new(CandidateReason.SameArticle, first, claim));
            }
            else draft.Reports.Add(claim);

        // Reports of the keyed fact outside of this chain may name another commitment than the claim.
        static bool NamesOtherCommitment(Claim claim, FactDraft draft) =>
            claim is { Kind: ClaimKind.Delivery, CommitmentKey: { } name } && draft.Reports.Any(c => c.CommitmentKey is { } other && other != name);

        void AddOwnDraft(Claim claim)
        {
            var own = make();
            own.Reports.Add(claim);
            drafts.Add(own);
        }
    }
}
