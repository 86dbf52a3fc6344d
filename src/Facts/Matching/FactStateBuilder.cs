namespace Facts;

/// <summary>Builds the state of every fact on a day.</summary>
internal sealed class FactStateBuilder(Resolution resolution, Matching matching, IEnumerable<Supply> elsewhere, FactStates? before)
{
    readonly EvaluationOptions _options = matching.Options;
    readonly DateOnly _asOf = matching.Options.AsOf;
    readonly HashSet<Fact> _existing = [];
    readonly Dictionary<Fact, FactState> _before = before is null ? [] : StatesByFact(before);

    public FactStates Build()
    {
        var commitments = matching.Commitments;
        var works = matching.Deliveries.ToLookup(d => d.Delivery);
        var deliveries = resolution.Deliveries.SelectMany(d => works[d].OrderBy(w => w.Unexplained)).ToList();
        var requests = resolution.Requests.Select(RequestWork.At(_asOf)).OfType<RequestWork>().ToList();
        _existing.UnionWith(commitments.Select(s => s.Commitment));
        _existing.UnionWith(deliveries.Select(s => s.Delivery));
        _existing.UnionWith(requests.Select(s => s.Request));

        List<CommitmentState> commitmentStates = [.. commitments.Select(c => StateOf(c, [.. matching.OfCommitments[c]]))];
        var deliveryStates = deliveries.ConvertAll(d => StateOf(d, [.. matching.OfDeliveries[d]]));
        var needs = new UnmetNeed(
            requests.Count == 0 ? [] : [.. Supply.From(commitmentStates), .. Supply.From(deliveryStates), .. elsewhere], resolution.Items);
        return new(_options, [.. requests.Select(r => StateOf(r, needs))], commitmentStates, deliveryStates, matching.Links);
    }

    CommitmentState StateOf(CommitmentWork s, Link[] links)
    {
        var commitment = s.Commitment;
        var (current, delivered) = (s.Residual, s.Delivered);
        var outstanding = current - delivered;
        var firm = current is not null && !s.IsIntent;
        Interval? credited = firm ? Interval.Min(delivered, current!.Value) : null;
        Interval? surplus = firm ? delivered - current!.Value : null;
        Interval? overdue = firm ? OverdueOf(outstanding!.Value, s.Due, s.Conditional) : null;
        Interval? overdueOriginal = firm ? OverdueOf(outstanding!.Value, s.OriginalDue, s.Conditional) : null;
        var (overlap, overlapping) = Overlaps(commitment);
        if (_before.GetValueOrDefault(commitment) is CommitmentState known && known.Work?.IsAs(s) == true && IsAs(known, links, overlap, overlapping))
            return known;
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
            Envelope = s.Envelope,
            PossibleOverlap = overlap,
            Overlapping = overlapping,
            Links = links,
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
            Firmness = s.Firmness,
            Due = s.Due,
            OriginalDue = s.OriginalDue,
            Deadlines = s.Deadlines,
            Conditional = s.Conditional,
            Condition = s.Condition,
            OnHold = s.OnHold,
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
                UnquantifiedOverdueOriginal = MayBeOverdue(s, s.OriginalDue) ? 1 : 0,
                Conditional = s.Conditional ? 1 : 0,
                OnHold = s.OnHold ? 1 : 0,
                Disputed = disputed ? 1 : 0,
                Conflicts = s.Conflict ? 1 : 0,
                PossibleOverlap = overlap ? 1 : 0,
            },
        };
    }

    DeliveryState StateOf(DeliveryWork s, Link[] links)
    {
        var delivery = s.Delivery;
        var (overlap, overlapping) = Overlaps(delivery);
        if (_before.GetValueOrDefault(delivery) is DeliveryState known && known.Work?.IsAs(s) == true && IsAs(known, links, overlap, overlapping)) return known;
        var (claims, disputed) = (Visible(delivery), Denied(delivery));
        var value = s.Counts ? s.Value : Interval.Zero;
        Interval? unpledged = value is null ? null : s.Unpledged;
        // A total that contradicts the deliveries but leaves nothing unexplained is listed for its conflict. It does not count as a delivery.
        // Neither does what was sent back as a whole.
        var countsAsDelivery = s.Counts && !s.IsWhollyRejected && (!s.Unexplained || s.Unquantified || s.Value != Interval.Zero);
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
            Envelope = s.Envelope,
            PossibleOverlap = overlap,
            Overlapping = overlapping,
            Links = links,
            Delivered = value,
            Unpledged = unpledged,
            Happened = s.Happened,
            Stage = s.Stage,
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

    // The remainder of a cumulative total is a second state of its fact, and never the same as before.
    static Dictionary<Fact, FactState> StatesByFact(FactStates states)
    {
        var byFact = new Dictionary<Fact, FactState>(states.Commitments.Count + states.Deliveries.Count);
        foreach (var state in states.Commitments) byFact[state.Fact] = state;
        foreach (var state in states.Deliveries) byFact[state.Fact] = state;
        return byFact;
    }

    static bool IsAs(FactState known, Link[] links, bool overlap, IReadOnlyList<Fact> overlapping)
    {
        if (known.PossibleOverlap != overlap || known.Links.Count != links.Length || known.Overlapping.Count != overlapping.Count) return false;
        for (var i = 0; i < links.Length; i++)
            if (known.Links[i] != links[i]) return false;
        for (var i = 0; i < overlapping.Count; i++)
            if (known.Overlapping[i] != overlapping[i]) return false;
        return true;
    }

    Interval OverdueOf(Interval outstanding, FuzzyDate? due, bool conditional) =>
        due is null || conditional ? Interval.Zero
        : new(due.FuzzyTo < _asOf ? outstanding.Low : 0, due.To < _asOf ? outstanding.High : 0);

    /// <summary>True for a commitment without a number of which anything may be outstanding after a deadline.</summary>
    bool MayBeOverdue(CommitmentWork s, FuzzyDate? due) =>
        s is { Residual: null, IsIntent: false, Conditional: false } && due?.To < _asOf && Status(s) is (CommitmentStatus.Open or CommitmentStatus.Partial);

    // The status of a whole depends on the whole and all its parts: it is fulfilled only when all of them are.
    static CommitmentStatus Status(CommitmentWork s)
    {
        if (s is { CancelledWhole: true, Whole: null } || s is { Changed: true, Whole.High: 0 }) return CommitmentStatus.Cancelled;
        var all = CommitmentParts.Open(s).Prepend(s).ToList();
        return s.Residual is not null && all.All(p => (p.Residual - p.Delivered)?.High is 0) ? CommitmentStatus.Fulfilled
            : all.Any(p => p.Delivered.High != 0) ? CommitmentStatus.Partial
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

    // A pair counts only if the other fact exists on the day.
    (bool Any, IReadOnlyList<Fact> Overlapping) Overlaps(Fact fact)
    {
        if (!resolution.Pairs.TryGetValue(fact, out var pairs)) return (false, []);
        if (pairs.All.TrueForAll(IsOpen)) return (true, pairs.OfOneKind);
        var open = pairs.All.FindAll(IsOpen);
        return (open.Count > 0, new FactPairs(fact, open).OfOneKind);
    }

    bool IsOpen((Fact Other, Candidate Pair) p) =>
        _existing.Contains(p.Other) && (p.Pair.Claim is null || DateWindow.From(p.Pair.Claim.Stated).HasBegun(_asOf));

    static FuzzyDate Earliest(IReadOnlyList<Claim> reports) => (reports.Count == 1 ? reports[0] : reports.Min(ClaimOrder.ByDay)!).Stated;

    static int PublishersOf(IReadOnlyList<Claim> claims) => claims.Count < 2 ? claims.Count : claims.Select(c => c.Article.PublisherKey).Distinct().Count();
}
