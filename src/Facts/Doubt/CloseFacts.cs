namespace Facts;

/// <summary>
/// The facts that are close to the fact that a sweep has come to. It gives those that may be one with that fact, the latest first, without going through all:
/// in a crowd nearly all facts have another number, or keys that keep them apart.
/// </summary>
/// <param name="pairs">The pairs found so far.</param>
/// <param name="reason">The reason of the sweep. A fact is full if it has enough pairs for it.</param>
/// <param name="maxDaysApart">Largest number of days between two close facts.</param>
/// <param name="haveOneNumber">True to give facts whose numbers overlap; false to give those whose numbers do not.</param>
/// <param name="side">Gives the side of a fact. Only facts of different sides are given. Null where all are.</param>
internal sealed class CloseFacts(PairList pairs, CandidateReason reason, int maxDaysApart, bool haveOneNumber, Func<ComparedFact, object?>? side = null)
{
    /// <summary>
    /// Number of facts that are looked at one by one, the latest first, before facts are looked up by number and keys. Most often enough of these fit.
    /// </summary>
    const int Few = 64;

    readonly List<ComparedFact> _facts = [];
    readonly Dictionary<string, KeyedAlike> _groups = new(StringComparer.Ordinal);
    int _firstEnd = int.MaxValue;

    /// <summary>Leaves out the facts that ended too early for a fact, and so for all later ones.</summary>
    public void MoveTo(ComparedFact fact)
    {
        if (fact.When.Begin.DayNumber - _firstEnd <= maxDaysApart) return;
        _facts.RemoveAll(IsTooEarly);
        foreach (var (publishers, group) in _groups)
        {
            group.RemoveAll(IsTooEarly);
            if (group.IsEmpty) _groups.Remove(publishers);
        }
        _firstEnd = int.MaxValue;
        foreach (var left in _facts) _firstEnd = Math.Min(_firstEnd, left.When.End.DayNumber);

        bool IsTooEarly(ComparedFact a) => a.When.Apart(fact.When) > maxDaysApart;
    }

    /// <summary>Adds those of some facts that are close to a later one.</summary>
    public void AddAll(IEnumerable<ComparedFact> facts, ComparedFact later)
    {
        foreach (var fact in facts)
            if (fact.When.Apart(later.When) <= maxDaysApart) Add(fact);
    }

    /// <summary>Adds a fact. To be called in the order of dates.</summary>
    public void Add(ComparedFact fact)
    {
        _facts.Add(fact);
        _firstEnd = Math.Min(_firstEnd, fact.When.End.DayNumber);
        if (!_groups.TryGetValue(fact.KeyedBy, out var group)) _groups[fact.KeyedBy] = group = new(fact);
        var numbered = group.Of(fact.Size, side?.Invoke(fact));
        (IsFull(fact) ? numbered.Full : numbered.Open).Add(fact);
    }

    /// <summary>To be called when a fact may have come to enough pairs.</summary>
    public void MoveIfFull(ComparedFact fact)
    {
        if (!IsFull(fact)) return;
        var numbered = _groups[fact.KeyedBy].Of(fact.Size, side?.Invoke(fact));
        if (numbered.Open.Remove(fact)) numbered.Full.Insert(~numbered.Full.BinarySearch(fact, ComparedFact.ByPlace), fact);
    }

    /// <summary>The facts that may be one with a fact and take more pairs, the latest first.</summary>
    public IEnumerable<ComparedFact> OpenTo(ComparedFact fact)
    {
        var at = _facts.Count - 1;
        for (; at >= Math.Max(0, _facts.Count - Few); at--)
            if (!IsFull(_facts[at]) && Fits(fact, _facts[at].Size, side?.Invoke(_facts[at]))) yield return _facts[at];
        if (at < 0) yield break;
        var last = _facts[at].Place;
        foreach (var earlier in LatestFirst(fact, n => n.Open))
            if (earlier.Place <= last) yield return earlier;
    }

    /// <summary>The facts that may be one with a fact but have enough pairs, the latest first.</summary>
    public IEnumerable<ComparedFact> FullTo(ComparedFact fact) => LatestFirst(fact, n => n.Full);

    IEnumerable<ComparedFact> LatestFirst(ComparedFact fact, Func<Numbered, List<ComparedFact>> choose)
    {
        var latest = new PriorityQueue<(List<ComparedFact> Facts, int At), int>();
        foreach (var group in _groups.Values)
        {
            if (group.First.IsKeyedApartFrom(fact)) continue;
            if (haveOneNumber && side is null && fact.HasExactSize)
            {
                if (group.Find(fact.Size) is { } same) Continue(choose(same), choose(same).Count - 1);
                foreach (var other in group.Inexact)
                    if (Fits(fact, other.Size, null)) Continue(choose(other), choose(other).Count - 1);
            }
            else
            {
                foreach (var other in group.All)
                    if (Fits(fact, other.Size, other.Side)) Continue(choose(other), choose(other).Count - 1);
            }
        }
        while (latest.TryDequeue(out var next, out _))
        {
            yield return next.Facts[next.At];
            Continue(next.Facts, next.At - 1);
        }

        void Continue(List<ComparedFact> facts, int at)
        {
            if (at >= 0) latest.Enqueue((facts, at), -facts[at].Place);
        }
    }

    bool Fits(ComparedFact fact, Interval? size, object? otherSide) =>
        ComparedFact.NumbersOverlap(fact.Size, size) == haveOneNumber && (side is null || !Equals(side(fact), otherSide));

    bool IsFull(ComparedFact fact) => pairs.Room(reason, fact) <= 0;

    /// <summary>Facts with one number and of one side, in the order of dates.</summary>
    sealed record Numbered(Interval? Size, object? Side)
    {
        /// <summary>Those that take more pairs.</summary>
        public List<ComparedFact> Open { get; } = [];

        /// <summary>Those that have enough pairs.</summary>
        public List<ComparedFact> Full { get; } = [];
    }

    /// <summary>Facts to which the same publishers gave keys.</summary>
    sealed class KeyedAlike(ComparedFact first)
    {
        readonly Dictionary<(Interval?, object?), Numbered> _numbered = [];

        public ComparedFact First => first;

        public bool IsEmpty => _numbered.Count == 0;

        public Dictionary<(Interval?, object?), Numbered>.ValueCollection All => _numbered.Values;

        /// <summary>Those with a number between two bounds.</summary>
        public List<Numbered> Inexact { get; } = [];

        public Numbered? Find(Interval? size) => _numbered.GetValueOrDefault((size, null));

        public Numbered Of(Interval? size, object? side)
        {
            if (_numbered.TryGetValue((size, side), out var known)) return known;
            _numbered[(size, side)] = known = new(size, side);
            if (size is { } number && number.High != number.Low) Inexact.Add(known);
            return known;
        }

        public void RemoveAll(Predicate<ComparedFact> isLeftOut)
        {
            foreach (var numbered in _numbered.Values)
            {
                numbered.Open.RemoveAll(isLeftOut);
                numbered.Full.RemoveAll(isLeftOut);
                if (numbered.Open.Count > 0 || numbered.Full.Count > 0) continue;
                _numbered.Remove((numbered.Size, numbered.Side));
                Inexact.Remove(numbered);
            }
        }
    }
}
