namespace Facts;

/// <summary>Turns claims into facts, step by step.</summary>
/// <param name="claims">Claims in the order of article and external id.</param>
/// <param name="items">The tree of items.</param>
/// <param name="decisions">Decisions in the order in which they were made.</param>
/// <param name="known">Facts of an earlier resolution of nearly the same claims; null without one.</param>
/// <param name="knownPairs">Pairs of that resolution; null without one.</param>
/// <param name="cancel">Ends the computation.</param>
internal sealed class Resolver(
    IReadOnlyList<Claim> claims, ItemTree items, IReadOnlyList<Decision> decisions, KnownFacts? known, KnownPairs? knownPairs, CancellationToken cancel)
{
    readonly ILookup<string, Claim> _aboutCommitment = claims
        .Where(c => c is { Kind: ClaimKind.Amendment or ClaimKind.Cancellation } or { Kind: ClaimKind.Assessment, DeliveryKey: null }
            && c.CommitmentKey is not null)
        .ToLookup(c => c.CommitmentKey!);

    // An assessment belongs to one fact, so that it counts once: its delivery, else its commitment, else its request.
    readonly ILookup<string, Claim> _aboutDelivery =
        claims.Where(c => c is { Kind: ClaimKind.Assessment, DeliveryKey: not null }).ToLookup(c => c.DeliveryKey!);
    readonly ILookup<string, Claim> _aboutRequest = claims
        .Where(c => c is { Kind: ClaimKind.Assessment, RequestKey: not null, CommitmentKey: null, DeliveryKey: null }).ToLookup(c => c.RequestKey!);
    readonly HashSet<string> _increments = [.. claims
        .Where(c => c is { Kind: ClaimKind.Delivery, DeliveryKey: not null, Basis: not QuantityBasis.Cumulative }).Select(c => c.DeliveryKey!)];
    readonly IReadOnlyList<Decision> _decisions = DecisionApplier.RedirectToReports(decisions, claims);
    readonly List<(Claim Claim, List<Claim> Fits)> _undecided = [];

    public Resolution Resolve()
    {
        var drafts = ReportGrouping.Group(claims, cancel);
        cancel.ThrowIfCancellationRequested();
        DecisionApplier.Apply(drafts, _decisions);
        var requests = drafts.Where(d => d.Kind == ClaimKind.Request).Select(RequestOf);
        var partitions = Split([.. drafts.Where(d => d.Kind != ClaimKind.Request)]).Select(PlaceRemainders).ToList();
        var facts = InOrder(requests.Concat<Fact>(partitions.SelectMany(n => n.Commitments)).Concat(partitions.SelectMany(n => n.Deliveries)));
        cancel.ThrowIfCancellationRequested();
        known?.Replace(facts);
        var candidates = Candidates.Find(facts, partitions, items, _decisions, knownPairs, known, cancel);
        if (_undecided.Count == 0) return new(facts, partitions, candidates, items);
        var holders = facts.OfType<Commitment>().SelectMany(f => f.Reports, (f, c) => (c.FirstEditionId, f)).ToDictionary(x => x.FirstEditionId, x => x.f);
        foreach (var (claim, fits) in _undecided)
            candidates.AddRange(fits.Skip(1)
                .Select(f => new Candidate(CandidateReason.Remaining, holders[fits[0].FirstEditionId], holders[f.FirstEditionId], claim)));
        return new(facts, partitions, candidates, items);
    }

    // The claims are in order already.
    List<Fact> InOrder(IEnumerable<Fact> facts)
    {
        var byFirst = facts.ToDictionary(f => f.First.Id);
        var sorted = new List<Fact>(byFirst.Count);
        foreach (var claim in claims)
            if (byFirst.TryGetValue(claim.Id, out var fact)) sorted.Add(fact);
        return sorted;
    }

    // Splits the drafts into the smallest sets that must be computed together: one for each partition. Items meet only if one is above the other. Example:
    // IRIS-T and HAWK are apart, unless a claim of the same donors, recipient and unit is about air defence as a whole.
    List<List<FactDraft>> Split(List<FactDraft> drafts)
    {
        var sets = new DisjointSets(drafts.Count);
        // The first draft of each key and subject. A later draft with the same one joins it.
        var (commitments, deliveries) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        var subjects = new Dictionary<Subject, int>();
        for (var i = 0; i < drafts.Count; i++)
        {
            var reports = drafts[i].Reports;
            foreach (var claim in reports)
            {
                if (claim.CommitmentKey is { } commitment) Join(i, commitments, commitment);
                if (claim.PartOf is { } whole) Join(i, commitments, whole);
                Join(i, subjects, Subject.Of(claim));
            }
            foreach (var key in drafts[i].Keys) Join(i, drafts[i].Kind == ClaimKind.Pledge ? commitments : deliveries, key);
            // The resolved combination may be one that no single report has.
            if (ResolvedValue.Disagree(reports)) Join(i, subjects, ResolvedValue.ResolveSubject(reports));
        }
        if (subjects.Count > 1) JoinItems();
        var links = _decisions.OfType<Decision.Link>().ToList();
        if (links.Count > 0)
        {
            var byClaim = drafts.Index().SelectMany(d => d.Item.Reports, (d, c) => (c.FirstEditionId, d.Index))
                .ToDictionary(x => x.FirstEditionId, x => x.Index);
            foreach (var link in links)
                if (byClaim.TryGetValue(link.Delivery, out var a) && byClaim.TryGetValue(link.Commitment, out var b)) sets.Join(a, b);
        }
        return sets.Sets().ConvertAll(set => set.ConvertAll(i => drafts[i]));

        // The items that are named with the same donors, recipient and unit. Items that others name join nothing: with or without them, the sets are the same.
        void JoinItems()
        {
            var named = subjects.Keys.SelectMany(s => s.Items.Codes, (s, item) => (s.Donors, s.Recipient, item, s.Unit)).ToHashSet();
            var byItem = new Dictionary<(CodeSet, string?, string, string?), int>();
            foreach (var ((donors, recipient, itemSet, unit), draft) in subjects)
                foreach (var item in itemSet.Codes)
                    foreach (var above in items.PathUp(item))
                        if (named.Contains((donors, recipient, above, unit))) Join(draft, byItem, (donors, recipient, above, unit));
        }

        void Join<T>(int draft, Dictionary<T, int> first, T token) where T : notnull
        {
            if (!first.TryAdd(token, draft)) sets.Join(draft, first[token]);
        }
    }

    // Finds the commitment of each remainder ("two more are still to come") in the order of stated days (docs/semantics.md#remaining).
    // A remainder that was placed earlier counts when a later one looks for its commitment.
    Partition PlaceRemainders(List<FactDraft> drafts)
    {
        var placed = drafts.FindAll(d => !d.IsRemainder);
        foreach (var remainder in drafts.Where(d => d.IsRemainder)
            .OrderBy(d => Stated(d).End).ThenBy(d => Stated(d).Begin).ThenBy(d => d.Reports.Min(ClaimOrder.ByName)!, ClaimOrder.ByName))
        {
            cancel.ThrowIfCancellationRequested();
            var stated = Stated(remainder);
            var day = stated.End == DateOnly.MaxValue ? stated.Begin : stated.End;
            var fits = Build(placed).At(EvaluationOptions.Default(day)).Commitments.All
                .Where(s => Fits(remainder, s)).Select(s => s.Commitment.First).Order(ClaimOrder.ByName).ToList();
            if (fits.Count == 0) placed.Add(remainder);
            else if (fits.Count == 1) placed.First(d => d.Reports.Contains(fits[0])).Reports.AddRange(remainder.Reports);
            else _undecided.AddRange(remainder.Reports.Select(c => (c, fits)));
        }
        return Build(placed);

        static DateWindow Stated(FactDraft draft) => draft.Reports.Select(c => DateWindow.From(c.Stated)).Aggregate(DateWindow.Earliest);
    }

    bool Fits(FactDraft remainder, CommitmentWork state)
    {
        var (claim, commitment) = (remainder.Reports[0], state.Commitment);
        if (!state.TakesPart || state.Residual is not { } residual || residual - state.Delivered is not { High: not 0 } outstanding) return false;
        if (claim.Quantity is { } number && !outstanding.Contains(number)) return false;
        if (!claim.Donors.Equals(commitment.Donors) || claim.Recipient != commitment.Recipient || !claim.Items.Equals(commitment.Items)
            || claim.EffectiveUnit != commitment.Unit) return false;
        return !_decisions.OfType<Decision.Split>()
            .Any(s => remainder.Reports.Any(c => c.FirstEditionId == s.Root) && commitment.Reports.Any(c => c.FirstEditionId == s.Other));
    }

    Partition Build(List<FactDraft> drafts)
    {
        var commitments = drafts.Where(d => d.Kind == ClaimKind.Pledge).Select(CommitmentOf).ToList();
        var deliveries = drafts.Where(d => d.Kind == ClaimKind.Delivery).Select(DeliveryOf).ToList();
        var byKey = commitments.SelectMany(c => c.Keys, (c, k) => (c, k)).ToDictionary(x => x.k, x => x.c, StringComparer.Ordinal);
        foreach (var commitment in commitments)
            if (IsPart(commitment))
                commitment.Wholes = commitment.Reports.Select(c => c.PartOf).OfType<string>().Distinct()
                    .Where(byKey.ContainsKey).ToDictionary(k => k, k => byKey[k]);
        DecisionApplier.AssignTargets(deliveries, commitments, byKey, _decisions);
        CumulativeTotals.FoldRepeats(deliveries);
        return new(commitments, deliveries, items);

        static bool IsPart(Commitment commitment)
        {
            for (var i = 0; i < commitment.Reports.Count; i++)
                if (commitment.Reports[i].PartOf is not null) return true;
            return false;
        }
    }

    Request RequestOf(FactDraft draft)
    {
        var about = About(draft, _aboutRequest);
        return known?.Find<Request>(draft.Reports, about) is { } same && same.Key == KeyOf(draft) ? same : new(KeyOf(draft), draft.Reports, about);
    }

    Commitment CommitmentOf(FactDraft draft)
    {
        var about = About(draft, _aboutCommitment);
        return known?.Find<Commitment>(draft.Reports, about) is { } same && same.Keys.SequenceEqual(draft.Keys) ? same
            : new(KeyOf(draft), [.. draft.Reports], about, [.. draft.Keys]);
    }

    Delivery DeliveryOf(FactDraft draft)
    {
        var about = draft.IsCumulative ? AboutTotal(draft) : About(draft, _aboutDelivery);
        return known?.Find<Delivery>(draft.Reports, about) is { } same && same.Key == KeyOf(draft) ? same
            : new(KeyOf(draft), [.. draft.Reports], about, draft.IsCumulative);
    }

    // Assessments of a cumulative total. If increments have its key too, the assessments belong to the increments.
    List<Claim> AboutTotal(FactDraft total) => [.. total.Keys.Where(k => !_increments.Contains(k)).SelectMany(k => _aboutDelivery[k])];

    static string? KeyOf(FactDraft draft) => draft.Keys.Count == 0 ? null : draft.Keys.Min(StringComparer.Ordinal);

    static List<Claim> About(FactDraft draft, ILookup<string, Claim> claims) =>
        draft.Keys.Count == 0 || claims.Count == 0 ? [] : [.. draft.Keys.SelectMany(k => claims[k])];
}
