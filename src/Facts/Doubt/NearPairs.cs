namespace Facts;

/// <summary>Finds the pairs of facts of one kind whose dates are close (docs/semantics.md#doubt).</summary>
internal sealed class NearPairs(PairList pairs, ItemTree items)
{
    /// <summary>Number of earlier facts with which a fact is paired where at least twenty may be one with it. One connects all facts of a crowd.</summary>
    const int PairsInCrowd = 1;

    /// <summary>Pairs with overlapping numbers, at most 31 days apart, and pairs that only a guard of corroboration kept apart.</summary>
    public void FindNearMisses(IEnumerable<ComparedFact> sameSubject) =>
        Sweep(CandidateReason.NearMiss, sameSubject, FirstFit.LongestSpan, IsNearMiss);

    /// <summary>True if the two are close enough to be compared as near facts, whether or not there was room for the pair.</summary>
    public bool AreNear(ComparedFact a, ComparedFact b) => a.When.Apart(b.When) switch
    {
        <= FirstFit.Tolerance => !a.SharesArticleWith(b) || a.IsAlike(b),
        <= FirstFit.LongestSpan => IsNearMiss(a, b),
        _ => false,
    };

    /// <summary>Pairs with numbers that do not overlap, at most 3 days apart.</summary>
    public void FindOtherNumbers(IEnumerable<ComparedFact> sameSubject) =>
        Sweep(CandidateReason.AnotherNumber, sameSubject, FirstFit.Tolerance,
            (a, b) => !NumbersOverlap(a, b) && Nested(a, b) && !NameOtherCommitments(a, b) && !a.SharesArticleWith(b));

    /// <summary>Pairs with overlapping numbers, at most 3 days apart, where the donors of one are among the donors of the other.</summary>
    /// <param name="facts">Facts of one kind, recipient and unit.</param>
    public void FindJointAndOwn(IEnumerable<ComparedFact> facts)
    {
        var byDonors = facts.GroupBy(f => f.Fact.Donors).ToDictionary(g => g.Key, g => g.ToList());
        if (byDonors.Count < 2) return;
        foreach (var (joint, together) in byDonors)
        {
            // Only requests may have no donors. A request to nobody in particular may be one with a request to somebody.
            if (joint.Codes.Count < (byDonors.ContainsKey(CodeSet.Empty) ? 1 : 2)) continue;
            var own = byDonors.Where(g => g.Key.Codes.Count < joint.Codes.Count && g.Key.Codes.All(joint.Codes.Contains)).SelectMany(g => g.Value).ToList();
            if (own.Count == 0) continue;
            Sweep(CandidateReason.JointAndOwn, together.Concat(own), FirstFit.Tolerance,
                (a, b) => a.Fact.Donors.Equals(joint) != b.Fact.Donors.Equals(joint) && NumbersOverlap(a, b) && Nested(a, b));
        }
    }

    /// <summary>Pairs with equal numbers in different units, at most 3 days apart. Amounts of money are no such pair.</summary>
    /// <param name="facts">Facts of one kind, with equal donors and recipient.</param>
    public void FindOtherUnits(IEnumerable<ComparedFact> facts)
    {
        var goods = facts.Where(f => !(f.Fact.Unit is { } unit && Unit.IsCurrency(unit))).ToList();
        if (goods.Select(f => f.Fact.Unit).Distinct().Count() < 2) return;
        foreach (var sameNumber in goods.GroupBy(f => f.Size))
            Sweep(CandidateReason.AnotherUnit, sameNumber, FirstFit.Tolerance, (a, b) => a.Fact.Unit != b.Fact.Unit && Nested(a, b));
    }

    // Goes through the facts in the order of their dates and pairs each with earlier ones, the nearest first. A fact takes at most one pair less than the
    // limit with earlier facts. So the next fact always finds room, and facts that are all alike are all connected.
    void Sweep(CandidateReason reason, IEnumerable<ComparedFact> facts, int maxDaysApart, Func<ComparedFact, ComparedFact, bool> mayBeOne)
    {
        var sorted = facts.OrderBy(f => f.When).ThenBy(f => f.Fact.First, ClaimOrder.ByName).ToList();
        if (sorted.Count < 2 || ComparedFact.AreAllKeyedApart(sorted)) return;
        var (open, full, rivals) = (new CloseFacts(maxDaysApart), new CloseFacts(maxDaysApart), new List<ComparedFact>());
        foreach (var b in sorted)
        {
            open.MoveTo(b);
            full.MoveTo(b);
            var paired = false;
            rivals.Clear();
            for (var i = open.Count - 1; i >= 0 && rivals.Count < PairList.MaxPairs; i--)
                if (mayBeOne(open[i], b) && pairs.IsOpen(open[i], b)) rivals.Add(open[i]);
            // In a crowd one pair for each fact shows the doubt and connects it. Twenty would be twenty times the rows and tell nobody more.
            var isCrowd = rivals.Count == PairList.MaxPairs;
            for (var i = 0; i < rivals.Count && PairList.Room(reason, b) > 1; i++)
                if (!isCrowd || i < PairsInCrowd || PairList.Room(reason, rivals[i]) == PairList.MaxPairs)
                    paired |= pairs.Add(reason, rivals[i], b);
            // All others have enough pairs. One more pair with the nearest of them, so that b is in the review queue at all.
            for (var i = full.Count - 1; i >= 0 && !paired; i--) paired = mayBeOne(full[i], b) && pairs.Add(reason, full[i], b);
            open.MoveFull(full, rivals, a => PairList.Room(reason, a) <= 0);
            open.Add(b);
        }
    }

    /// <summary>Facts that are still close to the fact that a sweep has come to, in the order of their dates.</summary>
    sealed class CloseFacts(int maxDaysApart)
    {
        readonly List<ComparedFact> _facts = [];
        int _firstEnd = int.MaxValue;

        public int Count => _facts.Count;

        public ComparedFact this[int index] => _facts[index];

        public void Add(ComparedFact fact)
        {
            _facts.Add(fact);
            _firstEnd = Math.Min(_firstEnd, fact.When.End.DayNumber);
        }

        /// <summary>Leaves out the facts that ended too early for a fact, and so for all later ones.</summary>
        public void MoveTo(ComparedFact fact)
        {
            if (fact.When.Begin.DayNumber - _firstEnd <= maxDaysApart) return;
            _facts.RemoveAll(a => a.When.Apart(fact.When) > maxDaysApart);
            _firstEnd = int.MaxValue;
            foreach (var left in _facts) _firstEnd = Math.Min(_firstEnd, left.When.End.DayNumber);
        }

        /// <summary>Moves facts with enough pairs to others. Only those just compared and the one added last can have come to enough.</summary>
        /// <param name="full">Takes the facts.</param>
        /// <param name="compared">The facts just compared, the latest first.</param>
        /// <param name="isFull">Tells if a fact has enough pairs.</param>
        public void MoveFull(CloseFacts full, List<ComparedFact> compared, Predicate<ComparedFact> isFull)
        {
            if (!compared.Exists(isFull) && !(_facts.Count > 0 && isFull(_facts[^1]))) return;
            foreach (var fact in _facts)
                if (isFull(fact)) full.Add(fact);
            _facts.RemoveAll(isFull);
        }
    }

    // True if two facts of equal donors, recipient and unit, at most 31 days apart, may be one.
    bool IsNearMiss(ComparedFact a, ComparedFact b) =>
        NumbersOverlap(a, b) && Nested(a, b) && !NameOtherCommitments(a, b) && (!a.SharesArticleWith(b) || a.IsAlike(b));

    static bool NumbersOverlap(ComparedFact a, ComparedFact b) =>
        a.Size is { } x && b.Size is { } y ? x.Overlaps(y) : a.Size is null && b.Size is null;

    bool Nested(ComparedFact a, ComparedFact b) => items.AreNested(a.Fact.Items, b.Fact.Items);

    static bool NameOtherCommitments(ComparedFact a, ComparedFact b) =>
        a.Fact is Delivery { CommitmentKey: { } p } && b.Fact is Delivery { CommitmentKey: { } q } && p != q;
}
