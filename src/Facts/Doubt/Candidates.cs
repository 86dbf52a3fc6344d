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
        var all = ComparedFact.From(facts);
        var near = new NearPairs(pairs, known, items, cancel);
        foreach (var subject in all.GroupBy(f => (f.Fact.Kind, f.Fact.Donors, f.Fact.Recipient, f.Fact.Unit)).Select(InOrder))
        {
            near.FindNearMisses(subject);
            near.FindOtherNumbers(subject);
        }
        new LatePairs(pairs, near, known, knownFacts, items, cancel).Find(partitions);
        foreach (var any in all.GroupBy(f => (f.Fact.Kind, f.Fact.Recipient, f.Fact.Unit))) near.FindJointAndOwn(any);
        // Requests of one thing in two units stay apart: no request is ever added to one of another unit, and none is fulfilled by a link.
        foreach (var any in all.Where(f => f.Fact is not Request).GroupBy(f => (f.Fact.Kind, f.Fact.Donors, f.Fact.Recipient)))
            near.FindOtherUnits(any);
        return [.. pairs.Pairs];

        static List<ComparedFact> InOrder(IEnumerable<ComparedFact> subject) => [.. subject.Order(ComparedFact.ByPlace)];
    }
}
