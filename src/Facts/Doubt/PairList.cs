namespace Facts;

/// <summary>The pairs found so far. It leaves out pairs that an editor or a publisher has settled, and limits the pairs of a fact for one reason.</summary>
internal sealed class PairList
{
    /// <summary>
    /// Largest number of facts beside which a fact stands for one reason. Without it, ten thousand similar facts would make fifty million pairs, which
    /// no editor can settle. When an editor has settled some pairs, the next ones follow.
    /// </summary>
    public const int MaxPairs = 20;

    readonly List<Candidate> _pairs = [];
    readonly HashSet<(Fact, Fact)> _known = [], _decided;

    /// <param name="facts">All facts.</param>
    /// <param name="decisions">The decisions of editors.</param>
    public PairList(IReadOnlyList<Fact> facts, IReadOnlyList<Decision> decisions)
    {
        if (decisions.Count == 0)
        {
            _decided = [];
            return;
        }
        var holders = facts.SelectMany(f => f.Reports, (f, c) => (c.FirstEditionId, f)).ToLookup(x => x.FirstEditionId, x => x.f);
        _decided = [.. decisions.SelectMany(d => d switch
        {
            Decision.Split s => Pairs(s.Root, s.Other),
            Decision.Link l => Pairs(l.Delivery, l.Commitment),
            Decision.Unlink u => Pairs(u.Delivery, u.Commitment),
            _ => [],
        })];

        IEnumerable<(Fact, Fact)> Pairs(long one, long other) => holders[one].SelectMany(a => holders[other].Select(b => Ordered(a, b)));
    }

    public IReadOnlyList<Candidate> Pairs => _pairs;

    /// <summary>Number of pairs that a fact may still have for a reason; 0 or less if it has enough.</summary>
    public static int Room(CandidateReason reason, ComparedFact fact) => MaxPairs - fact.Pairs(reason);

    /// <summary>
    /// True if nothing settles the pair: no keys of one publisher, no decision of an editor, and neither is a part of the other.
    /// </summary>
    public bool IsOpen(ComparedFact a, ComparedFact b) =>
        a.Fact != b.Fact && !(a.Fact.Kind == b.Fact.Kind && a.IsKeyedApartFrom(b)) && !IsPartOf(a.Fact, b.Fact) && !IsPartOf(b.Fact, a.Fact)
        && !(_decided.Count > 0 && _decided.Contains(Ordered(a.Fact, b.Fact)));

    /// <summary>Adds a pair unless it is settled. Returns true if the two are a pair, for this reason or an earlier one.</summary>
    public bool Add(CandidateReason reason, ComparedFact a, ComparedFact b)
    {
        if (!IsOpen(a, b)) return false;
        var pair = Ordered(a.Fact, b.Fact);
        if (!_known.Add(pair)) return true;
        _pairs.Add(new(reason, pair.A, pair.B, null));
        a.Pairs(reason)++;
        b.Pairs(reason)++;
        return true;
    }

    // A part of a larger commitment is taken out of it, so the two are never counted twice.
    static bool IsPartOf(Fact part, Fact whole) => part is Commitment { Wholes.Count: > 0 } p && p.Wholes.Values.Contains(whole);

    static (Fact A, Fact B) Ordered(Fact a, Fact b) => ClaimOrder.ByName.Compare(a.First, b.First) <= 0 ? (a, b) : (b, a);
}
