namespace Facts;

/// <summary>Groups claims into reports of one fact, by keys and by corroboration (docs/semantics.md#facts-from-claims).</summary>
internal static class ReportGrouping
{
    public static List<FactDraft> Group(IReadOnlyList<Claim> claims, CancellationToken cancel)
    {
        var drafts = new List<FactDraft>();
        foreach (var kind in claims.Where(c => c.Kind is ClaimKind.Request or ClaimKind.Pledge or ClaimKind.Delivery)
            .GroupBy(c => (c.Kind, IsTotal: c.Basis == QuantityBasis.Cumulative)))
        {
            var keyed = new Dictionary<string, FactDraft>(StringComparer.Ordinal);
            var withoutKey = new List<Claim>();
            foreach (var claim in kind)
                if (FactDraft.KeyOf(claim) is not { } key) withoutKey.Add(claim);
                else
                {
                    if (!keyed.TryGetValue(key, out var draft)) keyed[key] = draft = new(kind.Key.Kind, kind.Key.IsTotal, key);
                    draft.Reports.Add(claim);
                }
            drafts.AddRange(keyed.Values);
            if (withoutKey.Count == 0) continue;

            var keyedByAttributes = keyed.Values.Where(MayGrow).ToLookup(d => Attributes.Of(d.Reports[0]));
            foreach (var alike in withoutKey.GroupBy(Attributes.Of))
            {
                var alikeKeyed = keyedByAttributes[alike.Key].Select(d => (Draft: d, Cluster: ClusterOf(d))).ToList();
                var others = FirstFit.Gather(alike, [.. alikeKeyed.Select(k => k.Cluster)], FactDraft.When, publishersApart: true, cancel);
                foreach (var (draft, cluster) in alikeKeyed) draft.Reports.AddRange(cluster.Reports[draft.Reports.Count..]);
                foreach (var cluster in others)
                {
                    var draft = new FactDraft(kind.Key.Kind, kind.Key.IsTotal, null);
                    draft.Reports.AddRange(cluster.Reports);
                    drafts.Add(draft);
                }
            }
        }
        return drafts;
    }

    // A report must be like every report of the fact that it joins. Nothing joins a claim with a key of its own.
    static bool MayGrow(FactDraft keyed) => !StandaloneKey.IsGivenTo(keyed.Reports[0])
        && (keyed.Reports.Count == 1 || keyed.Reports.TrueForAll(c => Attributes.Of(c) == Attributes.Of(keyed.Reports[0])));

    static ReportCluster ClusterOf(FactDraft keyed)
    {
        var cluster = new ReportCluster(publishersApart: true);
        foreach (var report in keyed.Reports) cluster.Add(report, FactDraft.When(report));
        return cluster;
    }

    /// <summary>The attributes that alike reports have equal.</summary>
    readonly record struct Attributes(
        CodeSet Donors, string? Recipient, CodeSet Items, string? Unit, Interval? Quantity, QuantityBasis Basis, bool IsIntent)
    {
        public static Attributes Of(Claim c) =>
            new(c.Donors, c.Recipient, c.Items, c.EffectiveUnit, c.Quantity, c.Basis, c.Firmness == Firmness.Intent);
    }
}
