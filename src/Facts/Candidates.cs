namespace Facts;

/// <summary>The review queue: facts that might be one (DESIGN.md §6, rule 2).</summary>
internal static class Candidates
{
    public static List<Candidate> Of(IReadOnlyList<Fact> facts, IEnumerable<Doubt> doubts, ItemTree items, IEnumerable<Decision> decisions)
    {
        var holders = facts.SelectMany(f => f.Reports, (f, c) => (c.Root, f)).ToLookup(x => x.Root, x => x.f);
        var apart = decisions.OfType<Decision.Split>().SelectMany(s => holders[s.Root].SelectMany(a => holders[s.Other].Select(b => Pair(a, b)))).ToHashSet();
        var seen = new HashSet<(Fact, Fact)>();
        var found = new List<Candidate>();
        foreach (var doubt in doubts)
            foreach (var a in holders[doubt.A.Root])
                foreach (var b in holders[doubt.B.Root])
                    Add(doubt.Reason, a, b);
        foreach (var alike in facts.Where(f => f.Reports.Count > 0).GroupBy(f => (f.Kind, f.Donors, f.Recipient, f.Unit)))
            NearMisses(alike);
        return found;

        void Add(CandidateReason reason, Fact a, Fact b)
        {
            // Repeating a total never adds, so running totals need no review.
            if (a == b || a is Delivery { IsRunningTotal: true } || b is Delivery { IsRunningTotal: true }) return;
            var pair = Pair(a, b);
            if (!apart.Contains(pair) && seen.Add(pair)) found.Add(new(reason, pair.A, pair.B, null));
        }

        void NearMisses(IEnumerable<Fact> alike)
        {
            var sorted = alike.Where(f => f is not Delivery { IsRunningTotal: true })
                .Select(f => (Fact: f, When: f.Reports.Select(Group.When).Aggregate(Period.Earliest),
                    Size: Verdict.OfValue(Said(f), c => c.Quantity, ClaimOrder.BySize).Value))
                .OrderBy(x => x.When).ThenBy(x => x.Fact.First, ClaimOrder.ByName).ToList();
            var active = new List<(Fact Fact, Period When, Interval? Size)>();
            foreach (var b in sorted)
            {
                active.RemoveAll(a => a.When.Apart(b.When) > Clusters.LongestSpan);
                foreach (var a in active)
                    if (Near(a, b)) Add(CandidateReason.NearMiss, a.Fact, b.Fact);
                active.Add(b);
            }
        }

        bool Near((Fact Fact, Period When, Interval? Size) a, (Fact Fact, Period When, Interval? Size) b) =>
            (a.Size is { } x && b.Size is { } y ? x.Overlaps(y) : a.Size is null && b.Size is null)
            && (a.Fact.Items.Equals(b.Fact.Items) || items.AllUnder(a.Fact.Items, b.Fact.Items) || items.AllUnder(b.Fact.Items, a.Fact.Items))
            && !(a.Fact is Delivery { CommitmentKey: { } p } && b.Fact is Delivery { CommitmentKey: { } q } && p != q)
            && !a.Fact.Reports.Any(c => b.Fact.Reports.Any(d => d.Article.Name == c.Article.Name));
    }

    // What was sent back is no size of what came.
    static IReadOnlyList<Claim> Said(Fact fact) => fact.Reports.Any(c => c.Stage != Stage.Rejected) ? [.. fact.Reports.Where(c => c.Stage != Stage.Rejected)] : fact.Reports;

    static (Fact A, Fact B) Pair(Fact a, Fact b) => ClaimOrder.ByName.Compare(a.First, b.First) <= 0 ? (a, b) : (b, a);
}
