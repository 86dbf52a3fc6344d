namespace Facts;

/// <summary>Commitments by the numbers that they have come to, so that a pledge finds those that it may repeat without going through all.</summary>
/// <param name="pairs">The pairs found so far.</param>
internal sealed class CameToIndex(PairList pairs)
{
    readonly List<Group> _groups = [];
    int _count;

    /// <summary>Adds a commitment. To be called in the order of dates.</summary>
    public void Add(CameTo commitment)
    {
        var group = GroupOf(commitment.Fact);
        var (size, current, whole, outstanding) = (commitment.Fact.Size, commitment.Current, commitment.Whole, commitment.Outstanding);
        group.Add(size, CandidateReason.AnnouncedAgain, commitment, _count);
        if (current != size) group.Add(current, CandidateReason.StateTold, commitment, _count);
        if (whole != size && whole != current) group.Add(whole, CandidateReason.StateTold, commitment, _count);
        if (outstanding != size && outstanding != current && outstanding != whole) group.Add(outstanding, CandidateReason.StateTold, commitment, _count);
        if (commitment is { Due: null, Outstanding: { } open } && open.High != open.Low) group.Inexact.Add(commitment, _count);
        _count++;
    }

    Group GroupOf(ComparedFact fact)
    {
        foreach (var known in _groups)
            if (known.First.IsKeyedLike(fact)) return known;
        var group = new Group(pairs, fact);
        _groups.Add(group);
        return group;
    }

    /// <summary>The commitments dated before a pledge that it may repeat, the latest first. Those that a publisher keeps apart by keys are left out.</summary>
    public IEnumerable<CameTo> Before(ComparedFact pledge)
    {
        if (pledge.Size is not { } size) yield break;
        var latest = new PriorityQueue<(Run Run, int At), int>();
        foreach (var group in _groups)
        {
            if (group.First.IsKeyedApartFrom(pledge)) continue;
            foreach (var run in group.Of(size))
                Continue(run, run.LastBefore(pledge));
            if (pledge.Due is null) Continue(group.Inexact, group.Inexact.LastBefore(pledge));
        }
        while (latest.TryDequeue(out var next, out _))
        {
            yield return next.Run.Commitment(next.At);
            Continue(next.Run, next.At - 1);
        }

        void Continue(Run run, int from)
        {
            if (run.LastOpen(from, size) is >= 0 and var at) latest.Enqueue((run, at), -run.Place(at));
        }
    }

    /// <summary>Commitments to which the same publishers gave keys.</summary>
    sealed class Group(PairList pairs, ComparedFact first)
    {
        readonly Dictionary<(Interval, CandidateReason), Run> _byNumber = [];

        public ComparedFact First => first;

        /// <summary>
        /// Commitments without a deadline of which something between two numbers is outstanding. Any size between the two may repeat them.
        /// </summary>
        public Run Inexact { get; } = new(pairs, CandidateReason.AnnouncedAgain, isExact: false);

        public void Add(Interval? number, CandidateReason reason, CameTo commitment, int place)
        {
            if (number is not { } known) return;
            if (!_byNumber.TryGetValue((known, reason), out var run)) _byNumber[(known, reason)] = run = new(pairs, reason, isExact: true);
            run.Add(commitment, place);
        }

        public IEnumerable<Run> Of(Interval number)
        {
            if (_byNumber.TryGetValue((number, CandidateReason.AnnouncedAgain), out var again)) yield return again;
            if (_byNumber.TryGetValue((number, CandidateReason.StateTold), out var told)) yield return told;
        }
    }

    /// <summary>Commitments in the order of dates that a pledge may repeat for one reason.</summary>
    sealed class Run(PairList pairs, CandidateReason reason, bool isExact)
    {
        readonly List<(CameTo Commitment, int Place)> _commitments = [];

        // At i: i itself, or where the commitment at i has all its pairs, a place before it from where to go on. In a crowd, nearly all have them.
        readonly List<int> _open = [];

        public void Add(CameTo commitment, int place)
        {
            _open.Add(_commitments.Count);
            _commitments.Add((commitment, place));
        }

        public CameTo Commitment(int at) => _commitments[at].Commitment;

        /// <summary>Its place among all commitments in the order of dates.</summary>
        public int Place(int at) => _commitments[at].Place;

        /// <summary>Index of the last commitment, from a place backwards, that takes more pairs and may have the size left; -1 without one.</summary>
        public int LastOpen(int from, Interval size)
        {
            for (var at = Open(from); at >= 0; at = Open(at - 1))
                if (pairs.Room(reason, _commitments[at].Commitment.Fact) <= 0) _open[at] = at - 1;
                else if (isExact || _commitments[at].Commitment.Outstanding!.Value.Contains(size)) return at;
            return -1;
        }

        int Open(int at)
        {
            while (at >= 0 && _open[at] != at)
            {
                var before = _open[at];
                if (before >= 0) _open[at] = _open[before];
                at = before;
            }
            return at;
        }

        /// <summary>Index of the last commitment that is dated before the pledge; -1 if there is none.</summary>
        public int LastBefore(ComparedFact pledge) =>
            SortedSearch.First(_commitments, pledge, static (c, pledge) => c.Commitment.Fact.When.CompareTo(pledge.When) >= 0) - 1;
    }
}
