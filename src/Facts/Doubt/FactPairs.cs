namespace Facts;

/// <summary>The open pairs of the review queue that put one fact beside others.</summary>
internal sealed class FactPairs(Fact fact, List<(Fact Other, Candidate Pair)> all)
{
    public List<(Fact Other, Candidate Pair)> All => all;

    /// <summary>
    /// The other facts with which this one may be counted twice: those of its kind. A claim of what remains that fits two commitments does not make them one.
    /// </summary>
    public IReadOnlyList<Fact> OfOneKind
    {
        get
        {
            if (field is not null) return field;
            var others = new List<Fact>(all.Count);
            foreach (var (other, pair) in all)
                if (other.Kind == fact.Kind && pair.Reason != CandidateReason.Remaining) others.Add(other);
            return field = others;
        }
    }

    public static Dictionary<Fact, FactPairs> ByFact(IReadOnlyList<Candidate> candidates)
    {
        var pairs = new Dictionary<Fact, FactPairs>();
        foreach (var pair in candidates)
        {
            Of(pair.A).All.Add((pair.B, pair));
            Of(pair.B).All.Add((pair.A, pair));
        }
        return pairs;

        FactPairs Of(Fact fact)
        {
            if (!pairs.TryGetValue(fact, out var found)) pairs[fact] = found = new(fact, []);
            return found;
        }
    }
}
