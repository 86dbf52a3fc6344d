namespace Facts;

/// <summary>Finds the pairs of the review queue: facts that may be one (docs/semantics.md#doubt).</summary>
public static class Candidates
{
    /// <summary>
    /// Largest number of near misses that pair one fact with later facts. Without it, ten thousand similar facts would make fifty million pairs,
    /// which no editor can settle. When an editor has settled some pairs, the next ones follow.
    /// </summary>
    public const int MaxNearMisses = 20;

    /// <summary>A fact with the date and size by which near misses compare it.</summary>
    sealed class ComparedFact(Fact fact, DateWindow when, Interval? size)
    {
        public Fact Fact => fact;
        public DateWindow When => when;
        public Interval? Size => size;

        /// <summary>Number of its near misses with later facts.</summary>
        public int LaterPairs { get; set; }
    }

    internal static List<Candidate> Find(IReadOnlyList<Fact> facts, IEnumerable<AmbiguousPair> ambiguous, ItemTree items, IEnumerable<Decision> decisions)
    {
        var holders = facts.SelectMany(f => f.Reports, (f, c) => (c.FirstEditionId, f)).ToLookup(x => x.FirstEditionId, x => x.f);
        var splits = decisions.OfType<Decision.Split>().SelectMany(s => holders[s.Root].SelectMany(a => holders[s.Other].Select(b => Pair(a, b)))).ToHashSet();
        var seen = new HashSet<(Fact, Fact)>();
        var found = new List<Candidate>();
        foreach (var pair in ambiguous)
            foreach (var a in holders[pair.A.FirstEditionId])
                foreach (var b in holders[pair.B.FirstEditionId])
                    Add(pair.Reason, a, b);
        foreach (var comparable in facts.Where(f => f.Reports.Count > 0).GroupBy(f => (f.Kind, f.Donors, f.Recipient, f.Unit)))
            NearMisses(comparable);
        return found;

        // Adds the pair unless it is excluded or known. Returns true if the two are a pair, for this reason or an earlier one.
        bool Add(CandidateReason reason, Fact a, Fact b)
        {
            // A repeated cumulative total never adds anything, so cumulative totals need no review.
            if (a == b || a is Delivery { IsCumulative: true } || b is Delivery { IsCumulative: true }) return false;
            var pair = Pair(a, b);
            if (splits.Contains(pair)) return false;
            if (seen.Add(pair)) found.Add(new(reason, pair.A, pair.B, null));
            return true;
        }

        void NearMisses(IEnumerable<Fact> comparable)
        {
            var sorted = comparable.Where(f => f is not Delivery { IsCumulative: true })
                .Select(f => new ComparedFact(f, f.Reports.Select(FactDraft.When).Aggregate(DateWindow.Earliest),
                    ResolvedValue.ResolveNumber(SizeReports(f), c => c.Quantity, ClaimOrder.BySize).Value))
                .OrderBy(x => x.When).ThenBy(x => x.Fact.First, ClaimOrder.ByName).ToList();
            var (open, full) = (new List<ComparedFact>(), new List<ComparedFact>());
            foreach (var b in sorted)
            {
                open.RemoveAll(a => a.When.Apart(b.When) > ClaimClustering.LongestSpan);
                full.RemoveAll(a => a.When.Apart(b.When) > ClaimClustering.LongestSpan);
                var paired = false;
                foreach (var a in open)
                    if (Near(a, b) && Add(CandidateReason.NearMiss, a.Fact, b.Fact)) (paired, a.LaterPairs) = (true, a.LaterPairs + 1);
                // All near misses of b have enough pairs. One more pair with the nearest of them, so that b is in the review queue at all.
                for (var i = full.Count - 1; i >= 0 && !paired; i--) paired = Near(full[i], b) && Add(CandidateReason.NearMiss, full[i].Fact, b.Fact);
                full.AddRange(open.Where(a => a.LaterPairs >= MaxNearMisses));
                open.RemoveAll(a => a.LaterPairs >= MaxNearMisses);
                open.Add(b);
            }
        }

        bool Near(ComparedFact a, ComparedFact b) =>
            (a.Size is { } x && b.Size is { } y ? x.Overlaps(y) : a.Size is null && b.Size is null)
            && (a.Fact.Items.Equals(b.Fact.Items) || items.AllUnder(a.Fact.Items, b.Fact.Items) || items.AllUnder(b.Fact.Items, a.Fact.Items))
            && !(a.Fact is Delivery { CommitmentKey: { } p } && b.Fact is Delivery { CommitmentKey: { } q } && p != q)
            && !a.Fact.Reports.Any(c => b.Fact.Reports.Any(d => d.Article.Name == c.Article.Name));
    }

    // Reports that give the size of a fact. Rejections do not report a delivery's size; they count only if there is nothing else.
    static IReadOnlyList<Claim> SizeReports(Fact fact) =>
        fact.Reports.Any(c => c.Stage != Stage.Rejected) ? [.. fact.Reports.Where(c => c.Stage != Stage.Rejected)] : fact.Reports;

    static (Fact A, Fact B) Pair(Fact a, Fact b) => ClaimOrder.ByName.Compare(a.First, b.First) <= 0 ? (a, b) : (b, a);
}
