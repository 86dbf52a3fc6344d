namespace Facts;

/// <summary>Builds the state of every fact on a day.</summary>
internal sealed class FactStateBuilder
{
    readonly Resolution _resolution;
    readonly Matching _matching;
    readonly IEnumerable<Supply> _elsewhere;
    readonly DateOnly _asOf;

    // By the number of a fact: whether it exists on the day, and its state before; null where it had none.
    readonly bool[] _exists;
    readonly FactState?[] _before;

    /// <param name="resolution">The facts.</param>
    /// <param name="matching">Their links.</param>
    /// <param name="elsewhere">Supplies from other facts.</param>
    /// <param name="before">States of an earlier resolution of nearly the same claims, under the same options; null without one.</param>
    public FactStateBuilder(Resolution resolution, Matching matching, IEnumerable<Supply> elsewhere, FactStates? before)
    {
        (_resolution, _matching, _elsewhere, _asOf) = (resolution, matching, elsewhere, matching.Options.AsOf);
        var facts = resolution.Number();
        (_exists, _before) = (new bool[facts.Count], new FactState?[before is null ? 0 : facts.Count]);
        if (before is null) return;
        // A fact that is no longer there has the number of another one. The remainder of a cumulative total is never the same as before.
        foreach (var state in before.Commitments)
            if (state.Fact.Number < facts.Count && facts[state.Fact.Number] == state.Fact) _before[state.Fact.Number] = state;
        foreach (var state in before.Deliveries)
            if (state.Fact.Number < facts.Count && facts[state.Fact.Number] == state.Fact) _before[state.Fact.Number] = state;
    }

    public FactStates Build()
    {
        var (commitments, deliveries) = (_matching.Commitments, _matching.Deliveries);
        var requests = _resolution.Requests.Select(RequestWork.At(_asOf)).OfType<RequestWork>().ToList();
        foreach (var work in commitments) _exists[work.Commitment.Number] = true;
        foreach (var work in deliveries) _exists[work.Delivery.Number] = true;
        foreach (var work in requests) _exists[work.Request.Number] = true;

        var (commitmentStates, deliveryStates) = (new List<CommitmentState>(commitments.Count), new List<DeliveryState>(deliveries.Count));
        var links = new List<Link>();
        foreach (var work in commitments)
        {
            var state = StateOf(work, _matching.LinksOf(work));
            commitmentStates.Add(state);
            links.AddRange(state.Links);
        }
        foreach (var work in deliveries) deliveryStates.Add(StateOf(work, _matching.LinksOf(work)));
        var needs = new UnmetNeed(
            requests.Count == 0 ? [] : [.. Supply.From(commitmentStates), .. Supply.From(deliveryStates), .. _elsewhere], _resolution.Items);
        return new(_matching.Options, [.. requests.Select(r => StateOf(r, needs))], commitmentStates, deliveryStates, links);
    }

    CommitmentState StateOf(CommitmentWork s, ReadOnlySpan<Link> links)
    {
        var commitment = s.Commitment;
        if (Before(commitment) is CommitmentState known && known.Work?.IsAs(s) == true && HasSameLinksAndPairs(known, links)) return known;
        var (current, delivered) = (s.Residual, s.Delivered);
        var outstanding = current - delivered;
        var firm = current is not null && !s.IsIntent;
        Interval? credited = firm ? Interval.Min(delivered, current!.Value) : null;
        Interval? surplus = firm ? delivered - current!.Value : null;
        Interval? overdue = firm ? OverdueOf(outstanding!.Value, s.Due, s.Reading.Conditional) : null;
        Interval? overdueOriginal = firm ? OverdueOf(outstanding!.Value, s.Reading.OriginalDue, s.Reading.Conditional) : null;
        var (overlap, overlapping) = Overlaps(commitment);
        var (claims, disputed) = (Visible(commitment), Denied(commitment));
        return new()
        {
            Fact = commitment,
            Work = s,
            Begins = s.Stated.Begin,
            Ends = s.Stated.End,
            Stated = Earliest(commitment.Reports),
            Claims = claims,
            Unquantified = current is null,
            Disputed = disputed,
            Conflict = s.Conflict,
            Envelope = s.Reading.Envelope,
            PossibleOverlap = overlap,
            Overlapping = overlapping,
            Links = links.ToArray(),
            Original = s.ResidualOriginal,
            Current = current,
            Whole = s.Whole,
            Cancelled = s.ResidualCancelled,
            Delivered = delivered,
            Credited = credited,
            Surplus = surplus,
            Outstanding = firm ? outstanding : null,
            Overdue = overdue,
            OverdueOriginal = overdueOriginal,
            Firmness = s.Reading.Firmness,
            Due = s.Due,
            OriginalDue = s.Reading.OriginalDue,
            Deadlines = s.Reading.Deadlines,
            Conditional = s.Reading.Conditional,
            Condition = s.Reading.Condition,
            OnHold = s.Reading.OnHold,
            PartOf = s.PartOf,
            WholeId = s.Inside?.Commitment.Id,
            PartsTaken = s.HasTakingParts ? s.PartsNow : null,
            Publishers = PublishersOf(claims),
            Status = Status(s),
            Why = WhyOf(s, _asOf),
            Measures = new()
            {
                Intended = s.IsIntent ? current : null,
                Original = s.IsIntent ? null : s.ResidualOriginal,
                Committed = firm ? current : null,
                Cancelled = firm ? s.ResidualCancelled : null,
                Credited = credited,
                Surplus = surplus,
                Outstanding = firm ? outstanding : null,
                Overdue = overdue,
                OverdueOriginal = overdueOriginal,
                Commitments = 1,
                Unquantified = current is null ? 1 : 0,
                UnquantifiedOverdue = MayBeOverdue(s, s.Due) ? 1 : 0,
                UnquantifiedOverdueOriginal = MayBeOverdue(s, s.Reading.OriginalDue) ? 1 : 0,
                Conditional = s.Reading.Conditional ? 1 : 0,
                OnHold = s.Reading.OnHold ? 1 : 0,
                Disputed = disputed ? 1 : 0,
                Conflicts = s.Conflict ? 1 : 0,
                PossibleOverlap = overlap ? 1 : 0,
            },
        };
    }

    DeliveryState StateOf(DeliveryWork s, ReadOnlySpan<Link> links)
    {
        var delivery = s.Delivery;
        if (Before(delivery) is DeliveryState known && known.Work?.IsAs(s) == true && HasSameLinksAndPairs(known, links)) return known;
        var (overlap, overlapping) = Overlaps(delivery);
        var (claims, disputed) = (Visible(delivery), Denied(delivery));
        var value = s.Counts ? s.Value : Interval.Zero;
        Interval? unpledged = value is null ? null : s.Unpledged;
        // A total that contradicts the deliveries but leaves nothing unexplained is listed for its conflict. It does not count as a delivery.
        // Neither does what was sent back as a whole.
        var countsAsDelivery = s.Counts && !s.Reading.IsWhollyRejected && (!s.Unexplained || s.Unquantified || s.Value != Interval.Zero);
        return new()
        {
            Fact = delivery,
            Work = s,
            Begins = s.When.Begin,
            Ends = s.When.End,
            Stated = Earliest(delivery.Reports),
            Claims = claims,
            // A cumulative total that deliveries explain completely adds nothing, so it is in no row.
            Counts = s.Counts && (!s.Unexplained || s.Conflict || s.Unquantified || s.Value != Interval.Zero),
            Unquantified = s.Unquantified,
            Disputed = disputed,
            Conflict = s.Conflict,
            Envelope = s.Reading.Envelope,
            PossibleOverlap = overlap,
            Overlapping = overlapping,
            Links = links.ToArray(),
            Delivered = value,
            Unpledged = unpledged,
            Happened = s.Reading.Happened,
            Stage = s.Reading.Stage,
            Unexplained = s.Unexplained,
            Why = WhyOf(s, _asOf),
            Measures = new()
            {
                Delivered = value,
                Unpledged = unpledged,
                Deliveries = countsAsDelivery ? 1 : 0,
                Unquantified = s.Unquantified ? 1 : 0,
                Disputed = s.Counts && disputed ? 1 : 0,
                Conflicts = s.Conflict ? 1 : 0,
                PossibleOverlap = s.Counts && overlap ? 1 : 0,
            },
        };
    }

    RequestState StateOf(RequestWork s, UnmetNeed needs)
    {
        var (disputed, (overlap, overlapping)) = (Denied(s.Request), Overlaps(s.Request));
        var met = needs.Met(s);
        var unmet = s.Requested - met;
        return new()
        {
            Fact = s.Request,
            Begins = s.Stated.Begin,
            Ends = s.Stated.End,
            Stated = Earliest(s.Request.Reports),
            Claims = Visible(s.Request),
            Unquantified = s.Requested is null,
            Disputed = disputed,
            Conflict = s.Conflict,
            Envelope = s.Envelope,
            PossibleOverlap = overlap,
            Overlapping = overlapping,
            Requested = s.Requested,
            Met = met,
            UnmetNeed = unmet,
            Due = s.Due,
            Why = WhyOf(s, _asOf),
            Measures = new()
            {
                Requested = s.Requested,
                UnmetNeed = unmet,
                Requests = 1,
                Unquantified = s.Requested is null ? 1 : 0,
                Disputed = disputed ? 1 : 0,
                Conflicts = s.Conflict ? 1 : 0,
                PossibleOverlap = overlap ? 1 : 0,
            },
        };
    }

    // A function that holds nothing but the working values: a state may be taken over for long, and must not keep all that was computed with it.
    static Func<IReadOnlyList<Reason>> WhyOf(CommitmentWork s, DateOnly asOf) => () => Reasons.For(s, asOf);

    static Func<IReadOnlyList<Reason>> WhyOf(DeliveryWork s, DateOnly asOf) => () => Reasons.For(s, asOf);

    static Func<IReadOnlyList<Reason>> WhyOf(RequestWork s, DateOnly asOf) => () => Reasons.For(s, asOf);

    FactState? Before(Fact fact) => _before.Length == 0 ? null : _before[fact.Number];

    bool HasSameLinksAndPairs(FactState known, ReadOnlySpan<Link> links)
    {
        if (known.Links.Count != links.Length) return false;
        for (var i = 0; i < links.Length; i++)
            if (known.Links[i] != links[i]) return false;
        var (any, others) = (false, 0);
        foreach (var pair in _resolution.Pairs.Of(known.Fact.Number))
        {
            if (!IsOpen(pair)) continue;
            any = true;
            if (OtherOfKind(pair, known.Fact) is not { } other) continue;
            if (others == known.Overlapping.Count || known.Overlapping[others] != other) return false;
            others++;
        }
        return any == known.PossibleOverlap && others == known.Overlapping.Count;
    }

    Interval OverdueOf(Interval outstanding, FuzzyDate? due, bool conditional) =>
        due is null || conditional ? Interval.Zero
        : new(due.FuzzyTo < _asOf ? outstanding.Low : 0, due.To < _asOf ? outstanding.High : 0);

    /// <summary>True for a commitment without a number of which anything may be outstanding after a deadline.</summary>
    bool MayBeOverdue(CommitmentWork s, FuzzyDate? due) =>
        s is { Residual: null, IsIntent: false, Reading.Conditional: false } && due?.To < _asOf
        && Status(s) is (CommitmentStatus.Open or CommitmentStatus.Partial);

    // The status of a whole depends on the whole and all its parts: it is fulfilled only when all of them are.
    static CommitmentStatus Status(CommitmentWork s)
    {
        if (s is { Reading.CancelledWhole: true, Whole: null } || s is { Reading.Changed: true, Whole.High: 0 }) return CommitmentStatus.Cancelled;
        List<CommitmentWork> all = s.Parts.Count == 0 ? [s] : [s, .. CommitmentParts.Open(s)];
        return s.Residual is not null && all.TrueForAll(p => (p.Residual - p.Delivered)?.High is 0) ? CommitmentStatus.Fulfilled
            : all.Exists(p => p.Delivered.High != 0) ? CommitmentStatus.Partial
            : CommitmentStatus.Open;
    }

    IReadOnlyList<Claim> Visible(Fact fact)
    {
        for (var i = 0; i < fact.Claims.Count; i++)
            if (!DateWindow.From(fact.Claims[i].Stated).HasBegun(_asOf)) return [.. fact.Claims.Where(c => DateWindow.From(c.Stated).HasBegun(_asOf))];
        return fact.Claims;
    }

    bool Denied(Fact fact)
    {
        foreach (var claim in fact.Claims)
            if (claim.Assessment == AssessmentKind.Denial && DateWindow.From(claim.Stated).IsOver(_asOf)) return true;
        return false;
    }

    (bool Any, IReadOnlyList<Fact> Overlapping) Overlaps(Fact fact)
    {
        var (any, overlapping) = (false, new List<Fact>());
        foreach (var pair in _resolution.Pairs.Of(fact.Number))
        {
            if (!IsOpen(pair)) continue;
            any = true;
            if (OtherOfKind(pair, fact) is { } other) overlapping.Add(other);
        }
        return (any, overlapping);
    }

    // A pair counts only if both facts exist on the day.
    bool IsOpen(Candidate pair) =>
        _exists[pair.A.Number] && _exists[pair.B.Number] && (pair.Claim is null || DateWindow.From(pair.Claim.Stated).HasBegun(_asOf));

    // The other fact of a pair with which a fact may be counted twice: one of its kind. A claim of what remains that fits two commitments does not make
    // them one.
    static Fact? OtherOfKind(Candidate pair, Fact fact) =>
        pair.A.Kind != pair.B.Kind || pair.Reason == CandidateReason.Remaining ? null : pair.A == fact ? pair.B : pair.A;

    static FuzzyDate Earliest(IReadOnlyList<Claim> reports) => (reports.Count == 1 ? reports[0] : reports.Min(ClaimOrder.ByDay)!).Stated;

    static int PublishersOf(IReadOnlyList<Claim> claims) => claims.Count < 2 ? claims.Count : claims.Select(c => c.Article.PublisherKey).Distinct().Count();
}
