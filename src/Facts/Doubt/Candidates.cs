namespace Facts;

/// <summary>Finds the pairs of the review queue: facts that may be one (docs/semantics.md#doubt).</summary>
public static class Candidates
{
    /// <summary>Largest number of facts beside which a fact stands for one reason, the nearest first.</summary>
    public const int MaxPairs = PairList.MaxPairs;

    internal static List<Candidate> Find(
        IReadOnlyList<Fact> facts, IReadOnlyList<Partition> partitions, ItemTree items, IReadOnlyList<Decision> decisions,
        KnownPairs? known, KnownFacts? knownFacts, CancellationToken cancel)
    {
        known?.Begin(decisions);
        var pairs = new PairList(facts, decisions);
        var near = new NearPairs(pairs, known, items, cancel);
        var subjects = BySubject(ComparedFact.From(facts));
        foreach (var subject in subjects)
        {
            near.FindNearMisses(subject);
            near.FindOtherNumbers(subject);
        }
        new LatePairs(pairs, near, known, knownFacts, items, cancel).Find(partitions);
        foreach (var any in subjects.GroupBy(s => (s[0].Fact.Kind, s[0].Fact.Recipient, s[0].Fact.Unit))) near.FindJointAndOwn([.. any]);
        // Requests of one thing in two units stay apart: no request is ever added to one of another unit, and none is fulfilled by a link.
        foreach (var any in subjects.Where(s => s[0].Fact is not Request).GroupBy(s => (s[0].Fact.Kind, s[0].Fact.Donors, s[0].Fact.Recipient)))
            near.FindOtherUnits([.. any]);
        return [.. pairs.Pairs];
    }

    // The facts of one kind, donors, recipient and unit each, in the order of dates. The subjects are in the order of their first facts.
    static List<List<ComparedFact>> BySubject(List<ComparedFact> all)
    {
        var (bySubject, subjects) = (new Dictionary<(FactKind, Bucket), List<ComparedFact>>(), new List<List<ComparedFact>>());
        foreach (var fact in all)
        {
            var subject = (fact.Fact.Kind, Bucket.Of(fact.Fact));
            if (!bySubject.TryGetValue(subject, out var of)) subjects.Add(bySubject[subject] = of = []);
            of.Add(fact);
        }
        foreach (var of in subjects) of.Sort(ComparedFact.ByPlace);
        return subjects;
    }
}
