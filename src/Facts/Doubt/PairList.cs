using System.Runtime.InteropServices;

namespace Facts;

/// <summary>The pairs found so far. It leaves out pairs that an editor or a publisher has settled, and limits the pairs of a fact for one reason.</summary>
internal sealed class PairList
{
    /// <summary>
    /// Largest number of facts beside which a fact stands for one reason. Without it, ten thousand similar facts would make fifty million pairs, which
    /// no editor can settle. When an editor has settled some pairs, the next ones follow.
    /// </summary>
    public const int MaxPairs = 20;

    static readonly int Reasons = Enum.GetValues<CandidateReason>().Length;

    readonly List<Candidate> _pairs = [];
    readonly HashSet<long> _decided = [];

    // The number of pairs of each fact, and of each fact for each reason.
    readonly int[] _counts, _countsByReason;

    // The facts with which each fact is paired. From a fact to the last of its partners, and from each partner to the one before; 0 is none.
    readonly int[] _lastPartners;
    readonly List<(int Fact, int Before)> _partners = [default];

    /// <param name="facts">All facts in their order.</param>
    /// <param name="decisions">The decisions of editors.</param>
    public PairList(IReadOnlyList<Fact> facts, IReadOnlyList<Decision> decisions)
    {
        (_counts, _lastPartners, _countsByReason) = (new int[facts.Count], new int[facts.Count], new int[facts.Count * Reasons]);
        if (decisions.Count == 0) return;
        var holders = facts.Index().SelectMany(f => f.Item.Reports, (f, c) => (c.FirstEditionId, f.Index)).ToLookup(x => x.FirstEditionId, x => x.Index);
        _decided = [.. decisions.SelectMany(d => d switch
        {
            Decision.Split s => Pairs(s.Root, s.Other),
            Decision.Link l => Pairs(l.Delivery, l.Commitment),
            Decision.Unlink u => Pairs(u.Delivery, u.Commitment),
            _ => [],
        })];

        IEnumerable<long> Pairs(long one, long other) => holders[one].SelectMany(a => holders[other].Select(b => KeyOf(a, b)));
    }

    public IReadOnlyList<Candidate> Pairs => _pairs;

    /// <summary>The pairs from a place of the list on.</summary>
    public ReadOnlySpan<Candidate> From(int place) => CollectionsMarshal.AsSpan(_pairs)[place..];

    /// <summary>Number of pairs that a fact may still have for a reason; 0 or less if it has enough.</summary>
    public int Room(CandidateReason reason, ComparedFact fact) => MaxPairs - _countsByReason[fact.Number * Reasons + (int)reason];

    /// <summary>
    /// True if nothing settles the pair: no keys of one publisher, no decision of an editor, and neither is a part of the other.
    /// </summary>
    public bool IsOpen(ComparedFact a, ComparedFact b) =>
        a != b && !(a.Fact.Kind == b.Fact.Kind && a.IsKeyedApartFrom(b)) && !IsPartOf(a.Fact, b.Fact) && !IsPartOf(b.Fact, a.Fact)
        && !(_decided.Count > 0 && _decided.Contains(KeyOf(a.Number, b.Number)));

    /// <summary>Adds a pair unless it is settled. Returns true if the two are a pair, for this reason or an earlier one.</summary>
    public bool Add(CandidateReason reason, ComparedFact a, ComparedFact b)
    {
        if (!IsOpen(a, b)) return false;
        if (IsPair(a.Number, b.Number)) return true;
        var (first, second) = a.Number < b.Number ? (a, b) : (b, a);
        Count(new(reason, first.Fact, second.Fact, null), a, b);
        return true;
    }

    /// <summary>Adds pairs that are known to be such.</summary>
    public void AddKnown(ReadOnlySpan<Candidate> known)
    {
        foreach (var pair in known)
        {
            var (a, b) = (pair.A.Compared!, pair.B.Compared!);
            Count(pair, a, b);
        }
    }

    void Count(Candidate pair, ComparedFact a, ComparedFact b)
    {
        _pairs.Add(pair);
        AddPartner(a.Number, b.Number);
        AddPartner(b.Number, a.Number);

        void AddPartner(int fact, int partner)
        {
            _counts[fact]++;
            _countsByReason[fact * Reasons + (int)pair.Reason]++;
            _partners.Add((partner, _lastPartners[fact]));
            _lastPartners[fact] = _partners.Count - 1;
        }
    }

    // Of the two, the one with fewer pairs is asked.
    bool IsPair(int a, int b)
    {
        var (fact, other) = _counts[a] < _counts[b] ? (a, b) : (b, a);
        for (var at = _lastPartners[fact]; at != 0; at = _partners[at].Before)
            if (_partners[at].Fact == other) return true;
        return false;
    }

    // A part of a larger commitment is taken out of it, so the two are never counted twice.
    static bool IsPartOf(Fact part, Fact whole) => part is Commitment { Wholes.Count: > 0 } p && p.Wholes.Values.Contains(whole);

    // The numbers of two facts, in one number.
    static long KeyOf(int a, int b) => ((long)Math.Min(a, b) << 32) | (uint)Math.Max(a, b);
}
