namespace Facts;

/// <summary>Applies the decisions of editors in the order in which they were made (docs/semantics.md#decisions).</summary>
internal static class DecisionApplier
{
    /// <summary>
    /// Rewrites decisions that name a fact by an amendment, a cancellation or an assessment. They then name the first report with the key of that claim.
    /// </summary>
    public static IReadOnlyList<Decision> RedirectToReports(IReadOnlyList<Decision> decisions, IReadOnlyList<Claim> claims)
    {
        if (decisions.Count == 0) return decisions;
        var others = claims.Where(c => c.Kind is ClaimKind.Amendment or ClaimKind.Cancellation or ClaimKind.Assessment)
            .GroupBy(c => c.FirstEditionId).ToDictionary(g => g.Key, g => g.First());
        return [.. decisions.Select(d => d switch
        {
            Decision.Merge m => m with { Root = Report(m.Root), Other = Report(m.Other) },
            Decision.Split s => s with { Root = Report(s.Root), Other = Report(s.Other) },
            Decision.Link l => l with { Delivery = Report(l.Delivery), Commitment = Report(l.Commitment) },
            Decision.Unlink u => u with { Delivery = Report(u.Delivery), Commitment = Report(u.Commitment) },
            _ => d,
        })];

        long Report(long root) =>
            others.TryGetValue(root, out var other) && claims.FirstOrDefault(c => IsNamed(other, c)) is { } report
            ? report.FirstEditionId : root;

        static bool IsNamed(Claim other, Claim report) => other switch
        {
            { Kind: ClaimKind.Assessment, DeliveryKey: { } delivery } => report.Kind == ClaimKind.Delivery && report.DeliveryKey == delivery,
            { CommitmentKey: { } commitment } => report.Kind == ClaimKind.Pledge && report.CommitmentKey == commitment,
            { RequestKey: { } request } => report.Kind == ClaimKind.Request && report.RequestKey == request,
            _ => false,
        };
    }

    /// <summary>Applies merges and splits. A claim that is split off also loses its key.</summary>
    public static void Apply(List<FactDraft> drafts, IReadOnlyList<Decision> decisions)
    {
        if (decisions.Count == 0) return;
        var holders = drafts.SelectMany(d => d.Reports, (d, c) => (c.FirstEditionId, d)).ToDictionary(x => x.FirstEditionId, x => x.d);
        foreach (var decision in decisions)
            switch (decision)
            {
                case Decision.Merge(_, var root, var other)
                    when Holds(root, other, out var a, out var b) && a != b && a.Kind == b.Kind && a.IsCumulative == b.IsCumulative:
                    a.Reports.AddRange(b.Reports);
                    a.Keys.AddRange(b.Keys);
                    foreach (var claim in b.Reports) holders[claim.FirstEditionId] = a;
                    drafts.Remove(b);
                    break;
                case Decision.Split(_, var root, var other) when root != other && Holds(root, other, out var a, out var b) && a == b:
                    var own = new FactDraft(a.Kind, a.IsCumulative, null);
                    own.Reports.AddRange(a.Reports.Where(c => c.FirstEditionId == root));
                    a.Reports.RemoveAll(c => c.FirstEditionId == root);
                    holders[root] = own;
                    drafts.Add(own);
                    break;
                default:
                    break; // AssignTargets applies links; a decision about claims that no longer count does nothing
            }

        bool Holds(long root, long other, out FactDraft a, out FactDraft b)
        {
            var both = holders.TryGetValue(root, out var x) & holders.TryGetValue(other, out var y);
            (a, b) = (x!, y!);
            return both;
        }
    }

    /// <summary>Sets the target commitments of each delivery: the commitment that its claims name, then the links and unlinks of editors.</summary>
    public static void AssignTargets(
        List<Delivery> deliveries, List<Commitment> commitments,
        Dictionary<string, Commitment> byKey, IReadOnlyList<Decision> decisions)
    {
        foreach (var delivery in deliveries)
        {
            (delivery.Targets, delivery.ExcludedTargets) = ([], []);
            delivery.IsExplicit = delivery.CommitmentKey is not null;
            if (delivery.CommitmentKey is { } key && byKey.TryGetValue(key, out var named)) delivery.Targets = [named];
        }
        var edits = decisions.Where(d => d is Decision.Link or Decision.Unlink).ToList();
        if (edits.Count == 0) return;
        var delivered = deliveries.SelectMany(d => d.Reports, (d, c) => (c.FirstEditionId, d)).ToDictionary(x => x.FirstEditionId, x => x.d);
        var committed = commitments.SelectMany(d => d.Reports, (d, c) => (c.FirstEditionId, d)).ToDictionary(x => x.FirstEditionId, x => x.d);
        foreach (var edit in edits)
        {
            var (from, to, links) = edit is Decision.Link link ? (link.Delivery, link.Commitment, true)
                : edit is Decision.Unlink unlink ? (unlink.Delivery, unlink.Commitment, false) : default;
            if (!delivered.TryGetValue(from, out var delivery) || !committed.TryGetValue(to, out var commitment)) continue;
            delivery.Targets = [.. delivery.Targets.Where(t => t != commitment), .. links ? [commitment] : Array.Empty<Commitment>()];
            delivery.ExcludedTargets = [.. delivery.ExcludedTargets.Where(t => t != commitment), .. links ? Array.Empty<Commitment>() : [commitment]];
            // A delivery whose key no pledge gives yet stays explicit: it waits for the pledge.
            delivery.IsExplicit = delivery.Targets.Count > 0 || delivery.CommitmentKey is { } key && !byKey.ContainsKey(key);
        }
    }
}
