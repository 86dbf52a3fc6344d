namespace Facts;

/// <summary>Finds the pairs of facts of one kind whose dates are close (docs/semantics.md#doubt).</summary>
internal sealed class NearPairs(PairList pairs, KnownPairs? known, ItemTree items, CancellationToken cancel)
{
    /// <summary>Number of earlier facts with which a fact is paired where at least twenty may be one with it. One connects all facts of a crowd.</summary>
    const int PairsInCrowd = 1;

    /// <summary>Number of facts of the smaller sides up to which those of the largest side are first asked whether one of them is close.</summary>
    const int FewOthers = 100;

    /// <summary>Pairs with overlapping numbers, at most 31 days apart, and pairs that only a guard of corroboration kept apart.</summary>
    public void FindNearMisses(IReadOnlyList<ComparedFact> sameSubject) =>
        Sweep(CandidateReason.NearMiss, sameSubject, FirstFit.LongestSpan, haveOneNumber: true, null, MayBeNear);

    /// <summary>True if the two are close enough to be compared as near facts, whether or not there was room for the pair.</summary>
    public bool AreNear(ComparedFact a, ComparedFact b) => a.When.Apart(b.When) switch
    {
        <= FirstFit.Tolerance => !a.SharesArticleWith(b) || a.IsAlike(b),
        <= FirstFit.LongestSpan => ComparedFact.NumbersOverlap(a.Size, b.Size) && MayBeNear(a, b),
        _ => false,
    };

    /// <summary>Pairs with numbers that do not overlap, at most 3 days apart.</summary>
    public void FindOtherNumbers(IReadOnlyList<ComparedFact> sameSubject) =>
        Sweep(CandidateReason.AnotherNumber, sameSubject, FirstFit.Tolerance, haveOneNumber: false, null,
            (a, b) => Nested(a, b) && !NameOtherCommitments(a, b) && !a.SharesArticleWith(b));

    /// <summary>Pairs with overlapping numbers, at most 3 days apart, where the donors of one are among the donors of the other.</summary>
    /// <param name="byDonors">Facts of one kind, recipient and unit: a list for each set of donors.</param>
    public void FindJointAndOwn(IReadOnlyList<List<ComparedFact>> byDonors)
    {
        if (byDonors.Count < 2) return;
        var hasNoDonors = byDonors.Any(facts => DonorsOf(facts).IsEmpty);
        foreach (var together in byDonors)
        {
            var joint = DonorsOf(together);
            // Only requests may have no donors. A request to nobody in particular may be one with a request to somebody.
            if (joint.Codes.Count < (hasNoDonors ? 1 : 2)) continue;
            var own = byDonors.Where(facts => DonorsOf(facts).Codes.Count < joint.Codes.Count && DonorsOf(facts).Codes.All(joint.Codes.Contains))
                .SelectMany(facts => facts).ToList();
            if (own.Count == 0) continue;
            Sweep(CandidateReason.JointAndOwn, [.. together.Concat(own).Order(ComparedFact.ByPlace)], FirstFit.Tolerance, haveOneNumber: true,
                f => f.Fact.Donors.Equals(joint), Nested);
        }

        static CodeSet DonorsOf(List<ComparedFact> facts) => facts[0].Fact.Donors;
    }

    /// <summary>Pairs with equal numbers in different units, at most 3 days apart. Amounts of money are no such pair.</summary>
    /// <param name="byUnit">Facts of one kind, with equal donors and recipient: a list for each unit.</param>
    public void FindOtherUnits(IReadOnlyList<List<ComparedFact>> byUnit)
    {
        var goods = byUnit.Where(facts => !(facts[0].Fact.Unit is { } unit && Unit.IsCurrency(unit))).ToList();
        if (goods.Count < 2) return;
        foreach (var sameNumber in goods.SelectMany(facts => facts).OrderBy(f => f.Number).GroupBy(f => f.Size))
            Sweep(CandidateReason.AnotherUnit, [.. sameNumber.Order(ComparedFact.ByPlace)], FirstFit.Tolerance, haveOneNumber: true, f => f.Fact.Unit, Nested);
    }

    // Goes through the facts in the order of their dates and pairs each with earlier ones, the nearest first. A fact takes at most one pair less than the
    // limit with earlier facts. So the next fact always finds room, and facts that are all alike are all connected.
    void Sweep(
        CandidateReason reason, IReadOnlyList<ComparedFact> facts, int maxDaysApart, bool haveOneNumber, Func<ComparedFact, object?>? side,
        Func<ComparedFact, ComparedFact, bool> mayBeOne)
    {
        if (side is not null) facts = CloseToOthers(facts, maxDaysApart, side);
        if (facts.Count < 2 || ComparedFact.AreAllKeyedApart(facts)) return;
        var (close, rivals) = (new CloseFacts(pairs, reason, maxDaysApart, haveOneNumber, side), new List<ComparedFact>());
        // Facts of one subject are in no other search for this reason, so what was found up to the first of them that has changed is found again.
        var fact = facts[0].Fact;
        var search = side is null ? known?.Of((reason, fact.Kind, fact.Donors, fact.Recipient, fact.Unit)) : null;
        var same = 0;
        if (search is not null)
        {
            while (same < facts.Count && search.Has(StepOf(facts[same]), same)) same++;
            pairs.AddKnown(search.TakeFirst(same));
            if (same < facts.Count) close.AddAll(facts.Take(same), facts[same]);
        }
        foreach (var b in facts.Skip(same))
        {
            cancel.ThrowIfCancellationRequested();
            var found = pairs.Pairs.Count;
            close.MoveTo(b);
            var paired = false;
            rivals.Clear();
            foreach (var a in close.OpenTo(b))
            {
                if (mayBeOne(a, b) && pairs.IsOpen(a, b)) rivals.Add(a);
                if (rivals.Count == PairList.MaxPairs) break;
            }
            // In a crowd one pair for each fact shows the doubt and connects it. Twenty would be twenty times the rows and tell nobody more.
            var isCrowd = rivals.Count == PairList.MaxPairs;
            for (var i = 0; i < rivals.Count && pairs.Room(reason, b) > 1; i++)
                if (!isCrowd || i < PairsInCrowd || pairs.Room(reason, rivals[i]) == PairList.MaxPairs)
                    paired |= pairs.Add(reason, rivals[i], b);
            // All others have enough pairs. One more pair with the nearest of them, so that b is in the review queue at all.
            if (!paired)
                foreach (var a in close.FullTo(b))
                    if (mayBeOne(a, b) && pairs.Add(reason, a, b)) break;
            foreach (var a in rivals) close.MoveIfFull(a);
            close.Add(b);
            search?.Add(StepOf(b), pairs.From(found));
        }

        KnownPairs.Step StepOf(ComparedFact of) => new(of, reason, default);
    }

    // Without the facts that are close to none of another side. Beside a crowd there are most often few of another side.
    static IReadOnlyList<ComparedFact> CloseToOthers(IReadOnlyList<ComparedFact> facts, int maxDaysApart, Func<ComparedFact, object?> side)
    {
        var sides = facts.GroupBy(side).OrderByDescending(s => s.Count()).ToList();
        var others = sides.Skip(1).SelectMany(s => s).ToList();
        return others.Count is 0 or > FewOthers || facts.Count <= FewOthers ? facts
            : [.. facts.Where(f => !Equals(side(f), sides[0].Key) || others.Exists(o => o.When.Apart(f.When) <= maxDaysApart))];
    }

    // True if two facts of equal donors, recipient and unit, with overlapping numbers and at most 31 days apart, may be one.
    bool MayBeNear(ComparedFact a, ComparedFact b) => Nested(a, b) && !NameOtherCommitments(a, b) && (!a.SharesArticleWith(b) || a.IsAlike(b));

    bool Nested(ComparedFact a, ComparedFact b) => items.AreNested(a.Fact.Items, b.Fact.Items);

    static bool NameOtherCommitments(ComparedFact a, ComparedFact b) =>
        a.Fact is Delivery { CommitmentKey: { } p } && b.Fact is Delivery { CommitmentKey: { } q } && p != q;
}
