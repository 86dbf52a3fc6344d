namespace Facts;

/// <summary>The review queue: facts that might be one (DESIGN.md §6, rule 2).</summary>
public static class Candidates
{
    /// <summary>
    /// A fact stands beside so many later ones that it nearly is. Of ten thousand alike every two would be a pair, and nobody settles millions; when some are
    /// settled, the next come.
    /// </summary>
    public const int MaxNearMisses = 20;

    /// <summary>What a fact is compared by.</summary>
    sealed class ComparedFact(Fact fact, DateWindow when, Interval? size)
    {
        public Fact Fact => fact;
        public DateWindow When => when;
        public Interval? Size => size;
        public int Later { get; set; }
    }

    internal static List<Candidate> Find(IReadOnlyList<Fact> facts, IEnumerable<AmbiguousPair> doubts, ItemTree items, IEnumerable<Decision> decisions)
    {
        var holders = facts.SelectMany(f => f.Reports, (f, c) => (c.FirstEditionId, f)).ToLookup(x => x.FirstEditionId, x => x.f);
        var apart = decisions.OfType<Decision.Split>().SelectMany(s => holders[s.Root].SelectMany(a => holders[s.Other].Select(b => Pair(a, b)))).ToHashSet();
        var seen = new HashSet<(Fact, Fact)>();
        var found = new List<Candidate>();
        foreach (var doubt in doubts)
            foreach (var a in holders[doubt.A.FirstEditionId])
                foreach (var b in holders[doubt.B.FirstEditionId])
                    Add(doubt.Reason, a, b);
        foreach (var alike in facts.Where(f => f.Reports.Count > 0).GroupBy(f => (f.Kind, f.Donors, f.Recipient, f.Unit)))
            NearMisses(alike);
        return found;

        // Whether the two are a pair, by this reason or one before.
        bool Add(CandidateReason reason, Fact a, Fact b)
        {
            // Repeating a total never adds, so running totals need no review.
            if (a == b || a is Delivery { IsCumulative: true } || b is Delivery { IsCumulative: true }) return false;
            var pair = Pair(a, b);
            if (apart.Contains(pair)) return false;
            if (seen.Add(pair)) found.Add(new(reason, pair.A, pair.B, null));
            return true;
        }

        void NearMisses(IEnumerable<Fact> alike)
        {
            var sorted = alike.Where(f => f is not Delivery { IsCumulative: true })
                .Select(f => new ComparedFact(f, f.Reports.Select(FactDraft.When).Aggregate(DateWindow.Earliest), ResolvedValue.ResolveNumber(Said(f), c => c.Quantity, ClaimOrder.BySize).Value))
                .OrderBy(x => x.When).ThenBy(x => x.Fact.First, ClaimOrder.ByName).ToList();
            var (open, full) = (new List<ComparedFact>(), new List<ComparedFact>());
            foreach (var b in sorted)
            {
                open.RemoveAll(a => a.When.Apart(b.When) > ClaimClustering.LongestSpan);
                full.RemoveAll(a => a.When.Apart(b.When) > ClaimClustering.LongestSpan);
                var paired = false;
                foreach (var a in open)
                    if (Near(a, b) && Add(CandidateReason.NearMiss, a.Fact, b.Fact)) (paired, a.Later) = (true, a.Later + 1);
                // All that are near it have enough: the nearest once more, so that whoever has a rival stands beside one.
                for (var i = full.Count - 1; i >= 0 && !paired; i--) paired = Near(full[i], b) && Add(CandidateReason.NearMiss, full[i].Fact, b.Fact);
                full.AddRange(open.Where(a => a.Later >= MaxNearMisses));
                open.RemoveAll(a => a.Later >= MaxNearMisses);
                open.Add(b);
            }
        }

        bool Near(ComparedFact a, ComparedFact b) =>
            (a.Size is { } x && b.Size is { } y ? x.Overlaps(y) : a.Size is null && b.Size is null)
            && (a.Fact.Items.Equals(b.Fact.Items) || items.AllUnder(a.Fact.Items, b.Fact.Items) || items.AllUnder(b.Fact.Items, a.Fact.Items))
            && !(a.Fact is Delivery { CommitmentKey: { } p } && b.Fact is Delivery { CommitmentKey: { } q } && p != q)
            && !a.Fact.Reports.Any(c => b.Fact.Reports.Any(d => d.Article.Name == c.Article.Name));
    }

    // What was sent back is no size of what came.
    static IReadOnlyList<Claim> Said(Fact fact) => fact.Reports.Any(c => c.Stage != Stage.Rejected) ? [.. fact.Reports.Where(c => c.Stage != Stage.Rejected)] : fact.Reports;

    static (Fact A, Fact B) Pair(Fact a, Fact b) => ClaimOrder.ByName.Compare(a.First, b.First) <= 0 ? (a, b) : (b, a);
}
