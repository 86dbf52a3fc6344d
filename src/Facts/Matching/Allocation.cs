namespace Facts;

/// <summary>Allocates deliveries to commitments. Lows and highs are allocated separately (docs/semantics.md#matching).</summary>
internal sealed class Allocation(
    CommitmentWorks commitments, List<DeliveryWork> deliveries, CumulativeTotals? totals, ItemTree items, EvaluationOptions options)
{
    readonly List<RawLink> _links = [];

    // The part of a delivery that is not allocated yet; a null high has no upper bound.
    sealed class Unallocated(DeliveryWork delivery)
    {
        List<int>? _links;

        public DeliveryWork Delivery { get; } = delivery;
        public decimal Low { get; set; } = delivery.Value?.Low ?? 0;
        public decimal? High { get; set; } = delivery.Value is { } value ? value.High : 0;
        public bool IsEmpty => Low == 0 && High == 0;
        public Interval Rest => new(Low, High);

        /// <summary>The places of its links in the list of links.</summary>
        public List<int> Links => _links ??= [];
    }

    public PartitionState Run()
    {
        var ofCommitments = totals?.ForCommitments() ?? [];
        var (named, others) = (new List<DeliveryWork>(), new List<DeliveryWork>());
        foreach (var delivery in deliveries)
            if (delivery.Counts) (delivery.Delivery.IsExplicit ? named : others).Add(delivery);
        named.AddRange(ofCommitments.Where(d => d is { Counts: true, Delivery.IsExplicit: true }));
        named.Sort(ByDay);
        Explicit(named);
        var ofItems = totals?.ForItems() ?? [];
        others.AddRange(ofItems.Where(d => d.Counts));
        others.RemoveAll(d => d.Value is null);
        others.Sort(ByDay);
        Automatic(others);
        return new(commitments, [.. deliveries, .. ofCommitments, .. ofItems], _links);
    }

    static int ByDay(DeliveryWork a, DeliveryWork b)
    {
        var order = a.When.End.CompareTo(b.When.End);
        if (order == 0) order = a.When.Begin.CompareTo(b.When.Begin);
        if (order == 0) order = ComesLastOnItsDay(a).CompareTo(ComesLastOnItsDay(b));
        if (order == 0) order = a.Delivery.Items.CompareTo(b.Delivery.Items);
        return order != 0 ? order : ClaimOrder.ByName.Compare(a.Delivery.First, b.Delivery.First);
    }

    // A cumulative total of a commitment includes the deliveries of its day, so its remainder is allocated after them.
    static bool ComesLastOnItsDay(DeliveryWork d) => d is { Unexplained: true, Unquantified: false, Delivery.IsExplicit: true };

    void Explicit(List<DeliveryWork> counted)
    {
        var excess = new List<(Unallocated Delivery, List<CommitmentWork> Targets)>();
        foreach (var delivery in counted)
        {
            if (delivery.Unexplained) totals?.Explain(delivery);
            var targets = delivery.Delivery.Targets.Where(t => t.Unit == delivery.Delivery.Unit).Select(commitments.Of).OfType<CommitmentWork>().ToList();
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
        var open = commitments.All.Where(s => s.TakesPart).ToLookup(s => Bucket.Of(s.Commitment));
        foreach (var bucket in counted.GroupBy(d => Bucket.Of(d.Delivery)))
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
                    var day = delivery.When.End;
                    for (var i = order.Next(0, day); i >= 0 && !rest.IsEmpty; i = order.Next(i + 1, day))
                        if (order[i].Stated.Begin <= day && !delivery.Delivery.ExcludedTargets.Contains(order[i].Commitment))
                            Fill(rest, order[i], false);
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

        public CommitmentWork this[int place] => _commitments[place];

        /// <summary>
        /// The next place, from one on, of a commitment that is not full; -1 if there is none, or if all that are left can only have been stated after a day.
        /// In a crowd, most are full or are stated later.
        /// </summary>
        public int Next(int from, DateOnly day)
        {
            for (var i = _places.Find(from); i < _commitments.Count && _firstStated[i] <= day; i = _places.Find(i + 1))
                if (!IsFull(_commitments[i])) return i;
                else _places.Join(i, i + 1);
            return -1;
        }
    }

    List<CommitmentWork> Order(IEnumerable<CommitmentWork> open, CodeSet itemSet)
    {
        // Very many commitments have few different sets of items.
        var nearness = new Dictionary<CodeSet, int?>();
        var near = new List<(int Nearness, CommitmentWork Commitment)>();
        foreach (var commitment in open)
        {
            if (!nearness.TryGetValue(commitment.Commitment.Items, out var steps))
                nearness[commitment.Commitment.Items] = steps = items.Nearness(itemSet, commitment.Commitment.Items);
            if (steps is { } known) near.Add((known, commitment));
        }
        near.Sort((a, b) => a.Nearness != b.Nearness ? a.Nearness.CompareTo(b.Nearness) : ByDeadline(a.Commitment, b.Commitment));
        return near.ConvertAll(n => n.Commitment);
    }

    // Those without a deadline come last.
    static int ByDeadline(CommitmentWork a, CommitmentWork b)
    {
        var order = (a.Due is null).CompareTo(b.Due is null);
        if (order == 0) order = (a.Due?.To ?? DateOnly.MaxValue).CompareTo(b.Due?.To ?? DateOnly.MaxValue);
        if (order == 0) order = a.Stated.Begin.CompareTo(b.Stated.Begin);
        return order != 0 ? order : ClaimOrder.ByName.Compare(a.Commitment.First, b.Commitment.First);
    }

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
        foreach (var at in rest.Links)
            if (_links[at].Commitment == commitment)
            {
                _links[at] = _links[at] with { Quantity = _links[at].Quantity + quantity };
                return;
            }
        rest.Links.Add(_links.Count);
        _links.Add(new(commitment, rest.Delivery, quantity, isExplicit));
    }

    static bool IsFull(CommitmentWork commitment) =>
        commitment.Residual?.High is { } max && commitment.Allocated is var d && d.Low >= max && (d.High is not { } high || high >= max);
}
