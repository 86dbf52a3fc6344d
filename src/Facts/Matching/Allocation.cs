namespace Facts;

/// <summary>Allocates deliveries to commitments. Lows and highs are allocated separately (docs/semantics.md#matching).</summary>
internal sealed class Allocation(
    IReadOnlyDictionary<Commitment, CommitmentWork> states, IReadOnlyList<DeliveryWork> deliveries, CumulativeTotals? totals, ItemTree items,
    EvaluationOptions options)
{
    readonly List<RawLink> _links = [];

    // The part of a delivery that is not allocated yet; a null high has no upper bound.
    sealed class Unallocated(DeliveryWork delivery)
    {
        public DeliveryWork Delivery { get; } = delivery;
        public decimal Low { get; set; } = delivery.Value?.Low ?? 0;
        public decimal? High { get; set; } = delivery.Value is { } value ? value.High : 0;

        /// <summary>The places of its links in the list of links.</summary>
        public List<int> Links { get; } = [];
        public bool IsEmpty => Low == 0 && High == 0;
        public Interval Rest => new(Low, High);
    }

    public PartitionState Run()
    {
        var ofCommitments = totals?.ForCommitments() ?? [];
        // A cumulative total includes the deliveries of its day, so its remainder is allocated after them.
        Explicit([.. InOrder(deliveries.Concat(ofCommitments).Where(d => d.Delivery.IsExplicit), d => d is { Unexplained: true, Unquantified: false })]);
        var ofItems = totals?.ForItems() ?? [];
        Automatic([.. InOrder(deliveries.Where(d => !d.Delivery.IsExplicit).Concat(ofItems).Where(d => d.Value is not null), _ => false)]);
        return new(states, [.. deliveries, .. ofCommitments, .. ofItems], _links);
    }

    static IEnumerable<DeliveryWork> InOrder(IEnumerable<DeliveryWork> deliveries, Func<DeliveryWork, bool> comesLastOnItsDay) =>
        deliveries.Where(d => d.Counts)
        .OrderBy(d => d.When.End).ThenBy(d => d.When.Begin).ThenBy(comesLastOnItsDay)
            .ThenBy(d => d.Delivery.Items).ThenBy(d => d.Delivery.First, ClaimOrder.ByName);

    void Explicit(List<DeliveryWork> counted)
    {
        var excess = new List<(Unallocated Delivery, List<CommitmentWork> Targets)>();
        foreach (var delivery in counted)
        {
            if (delivery.Unexplained) totals?.Explain(delivery);
            var targets = delivery.Delivery.Targets.Where(t => t.Unit == delivery.Delivery.Unit && states.ContainsKey(t)).Select(t => states[t]).ToList();
            if (targets.Count == 0)
            {
                delivery.Unpledged = delivery.Value ?? Interval.Zero;
                continue;
            }
            // A delivery without a number may be any part of its commitment, so its low is 0 (docs/semantics.md#unspecified-deliveries).
            if (delivery.Value is null && targets[0].Residual is { } residual)
                delivery.Value = new(0, residual.High is { } max ? targets[0].Allocated.High is { } delivered ? Math.Max(0, max - delivered) : 0 : null);
            var rest = new Unallocated(delivery);
            if (delivery.Value is null) continue;
            if (targets.Count == 1 && (targets[0].Parts.Count == 0 || !targets[0].TakesPart)) Give(rest, targets[0], rest.Rest, true);
            else
            {
                Fill(rest, targets[0], true);
                excess.Add((rest, targets));
            }
        }
        // Goods that exceed a whole go to its open parts, after the parts' own deliveries. The rest is surplus of the whole.
        foreach (var (rest, targets) in excess)
        {
            foreach (var open in targets.SelectMany(t => CommitmentParts.Open(t).Prepend(t)).Skip(1)) Fill(rest, open, true);
            if (!rest.IsEmpty) Give(rest, targets[0], rest.Rest, true);
        }
    }

    void Automatic(List<DeliveryWork> counted)
    {
        var open = states.Values.Where(s => s.TakesPart).ToLookup(s => Bucket(s.Commitment));
        foreach (var bucket in counted.GroupBy(d => Bucket(d.Delivery)))
        {
            // Deliveries of equal items go through equal commitments in one order, so the order is computed once.
            var orders = new Dictionary<CodeSet, OpenCommitments>();
            foreach (var delivery in bucket)
            {
                var rest = new Unallocated(delivery);
                if (options.Links == LinkPolicy.All)
                {
                    if (!orders.TryGetValue(delivery.Delivery.Items, out var order))
                        orders[delivery.Delivery.Items] = order = new(Order(open[bucket.Key], delivery.Delivery.Items));
                    foreach (var commitment in order.Until(delivery.When.End))
                    {
                        if (rest.IsEmpty) break;
                        if (commitment.Stated.Begin <= delivery.When.End && !delivery.Delivery.ExcludedTargets.Contains(commitment.Commitment))
                            Fill(rest, commitment, false);
                    }
                }
                delivery.Unpledged = rest.Rest;
            }
        }
    }

    /// <summary>The commitments to which deliveries of equal items go, in their order.</summary>
    sealed class OpenCommitments
    {
        readonly List<CommitmentWork> _commitments;

        // At i: the first day on which one of the commitments from i to the end can have been stated.
        readonly DateOnly[] _firstStated;

        // A full commitment stays full. Its place is joined to the next one, so that a search goes on there.
        readonly DisjointSets _places;

        public OpenCommitments(List<CommitmentWork> commitments)
        {
            (_commitments, _firstStated) = (commitments, new DateOnly[commitments.Count]);
            _places = new(commitments.Count + 1);
            for (var (i, first) = (commitments.Count - 1, DateOnly.MaxValue); i >= 0; i--)
                _firstStated[i] = first = commitments[i].Stated.Begin < first ? commitments[i].Stated.Begin : first;
        }

        /// <summary>Those that are not full, up to the last that can have been stated by a day. In a crowd, most are full or are stated later.</summary>
        public IEnumerable<CommitmentWork> Until(DateOnly day)
        {
            for (var i = _places.Find(0); i < _commitments.Count && _firstStated[i] <= day; i = _places.Find(i + 1))
                if (IsFull(_commitments[i])) _places.Join(i, i + 1);
                else yield return _commitments[i];
        }
    }

    List<CommitmentWork> Order(IEnumerable<CommitmentWork> open, CodeSet itemSet) =>
        [.. open.Select(c => (State: c, Nearness: items.Nearness(itemSet, c.Commitment.Items))).Where(c => c.Nearness is not null)
            .OrderBy(c => c.Nearness).ThenBy(c => c.State.Due is null).ThenBy(c => c.State.Due?.To ?? DateOnly.MaxValue)
            .ThenBy(c => c.State.Stated.Begin).ThenBy(c => c.State.Commitment.First, ClaimOrder.ByName).Select(c => c.State)];

    // Gives the commitment as much as it has room for. Low and high are each filled up to the commitment's high.
    void Fill(Unallocated rest, CommitmentWork commitment, bool isExplicit)
    {
        var max = commitment.Residual?.High;
        var delivered = commitment.Allocated;
        var low = max is { } m ? Math.Min(rest.Low, Math.Max(0, m - delivered.Low)) : rest.Low;
        decimal? room = max is { } n ? delivered.High is { } d ? Math.Max(0, n - d) : 0 : null;
        var high = room is { } r ? rest.High is { } h ? Math.Min(h, r) : r : rest.High;
        if (low != 0 || high != 0) Give(rest, commitment, new(low, high), isExplicit);
    }

    void Give(Unallocated rest, CommitmentWork commitment, Interval quantity, bool isExplicit)
    {
        commitment.Allocated += quantity;
        rest.Low -= quantity.Low;
        // A quantity without an upper bound takes all of the delivery.
        rest.High = quantity.High is { } high ? rest.High - high : 0;
        if (rest.Links.FindIndex(i => _links[i].Commitment == commitment) is >= 0 and var known)
        {
            var at = rest.Links[known];
            _links[at] = _links[at] with { Quantity = _links[at].Quantity + quantity };
            return;
        }
        rest.Links.Add(_links.Count);
        _links.Add(new(commitment, rest.Delivery, quantity, isExplicit));
    }

    static bool IsFull(CommitmentWork commitment) =>
        commitment.Residual?.High is { } max && commitment.Allocated is var d && d.Low >= max && (d.High is not { } high || high >= max);

    static (CodeSet, string, string?) Bucket(Fact fact) => (fact.Donors, fact.Recipient, fact.Unit);
}
