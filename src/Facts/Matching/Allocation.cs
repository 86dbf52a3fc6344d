namespace Facts;

/// <summary>Gives deliveries to commitments, lows and highs side by side (DESIGN.md §7).</summary>
internal sealed class Allocation(
    IReadOnlyDictionary<Commitment, CommitmentWork> states, IReadOnlyList<DeliveryWork> deliveries, CumulativeTotals totals, ItemTree items, EvaluationOptions view)
{
    readonly List<RawLink> _links = [];

    // What there is still to give away of a delivery; a null high is without end.
    sealed class Unallocated(DeliveryWork delivery)
    {
        public DeliveryWork Delivery { get; } = delivery;
        public decimal Low { get; set; } = delivery.Value?.Low ?? 0;
        public decimal? High { get; set; } = delivery.Value is { } value ? value.High : 0;
        public Dictionary<CommitmentWork, int> Links { get; } = [];
        public bool IsEmpty => Low == 0 && High == 0;
        public Interval Rest => new(Low, High);
    }

    public PartitionState Run()
    {
        var ofCommitments = totals.ForCommitments();
        // What came on the day of a total is in it, so the total comes last.
        Explicit([.. InOrder(deliveries.Concat(ofCommitments).Where(d => d.Delivery.IsExplicit), d => d is { Unexplained: true, Unquantified: false })]);
        var ofItems = totals.ForItems();
        Automatic([.. InOrder(deliveries.Where(d => !d.Delivery.IsExplicit).Concat(ofItems).Where(d => d.Value is not null), _ => false)]);
        return new([.. states.Values], [.. deliveries, .. ofCommitments, .. ofItems], _links);
    }

    static IEnumerable<DeliveryWork> InOrder(IEnumerable<DeliveryWork> deliveries, Func<DeliveryWork, bool> isLastOfItsDays) => deliveries.Where(d => d.Counts)
        .OrderBy(d => d.When.End).ThenBy(d => d.When.Begin).ThenBy(isLastOfItsDays).ThenBy(d => d.Delivery.Items).ThenBy(d => d.Delivery.First, ClaimOrder.ByName);

    void Explicit(List<DeliveryWork> counted)
    {
        var beyond = new List<(Unallocated Load, List<CommitmentWork> Targets)>();
        foreach (var delivery in counted)
        {
            if (delivery.Unexplained) totals.Explain(delivery);
            var targets = delivery.Delivery.Targets.Where(t => t.Unit == delivery.Delivery.Unit && states.ContainsKey(t)).Select(t => states[t]).ToList();
            if (targets.Count == 0)
            {
                delivery.Unpledged = delivery.Value ?? Interval.Zero;
                continue;
            }
            // Any part of the commitment: unspecified, so nothing is certain.
            if (delivery.Value is null && targets[0].Residual is { } whole)
                delivery.Value = new(0, whole.High is { } most ? targets[0].Delivered.High is { } sofar ? Math.Max(0, most - sofar) : 0 : null);
            var load = new Unallocated(delivery);
            if (delivery.Value is null) continue;
            if (targets.Count == 1 && (targets[0].Parts.Count == 0 || !targets[0].TakesPart)) Give(load, targets[0], load.Rest, true);
            else
            {
                Fill(load, targets[0], true);
                beyond.Add((load, targets));
            }
        }
        // What exceeds a whole goes on to its open parts, after what those parts were given themselves; the rest stays with the whole as its surplus.
        foreach (var (load, targets) in beyond)
        {
            foreach (var open in targets.SelectMany(t => CommitmentParts.Open(t).Prepend(t)).Skip(1)) Fill(load, open, true);
            if (!load.IsEmpty) Give(load, targets[0], load.Rest, true);
        }
    }

    void Automatic(List<DeliveryWork> counted)
    {
        var open = states.Values.Where(s => s.TakesPart).ToLookup(s => Bucket(s.Commitment));
        foreach (var bucket in counted.GroupBy(d => Bucket(d.Delivery)))
        {
            // Deliveries of the same items look at the same commitments in the same order; the full ones are left out as they fill.
            var orders = new Dictionary<CodeSet, (List<CommitmentWork> Open, int Full)>();
            foreach (var delivery in bucket)
            {
                var load = new Unallocated(delivery);
                if (view.Links == LinkPolicy.All)
                {
                    var of = delivery.Delivery.Items;
                    if (!orders.TryGetValue(of, out var order)) order = (Order(open[bucket.Key], of), 0);
                    foreach (var commitment in order.Open)
                    {
                        if (load.IsEmpty) break;
                        if (commitment.Stated.Begin > delivery.When.End || IsFull(commitment) || delivery.Delivery.ExcludedTargets.Contains(commitment.Commitment)) continue;
                        Fill(load, commitment, false);
                        if (IsFull(commitment)) order.Full++;
                    }
                    if (order.Full > 16 + order.Open.Count / 8) order = (order.Open.FindAll(c => !IsFull(c)), 0);
                    orders[of] = order;
                }
                delivery.Unpledged = load.Rest;
            }
        }
    }

    List<CommitmentWork> Order(IEnumerable<CommitmentWork> open, CodeSet of) =>
        [.. open.Select(c => (State: c, Nearness: items.Nearness(of, c.Commitment.Items))).Where(c => c.Nearness is not null)
            .OrderBy(c => c.Nearness).ThenBy(c => c.State.Due is null).ThenBy(c => c.State.Due?.To ?? DateOnly.MaxValue)
            .ThenBy(c => c.State.Stated.Begin).ThenBy(c => c.State.Commitment.First, ClaimOrder.ByName).Select(c => c.State)];

    // As much as there is room for, against the commitment's high; each end on its own.
    void Fill(Unallocated load, CommitmentWork commitment, bool named)
    {
        var most = commitment.Residual?.High;
        var sofar = commitment.Delivered;
        var low = most is { } m ? Math.Min(load.Low, Math.Max(0, m - sofar.Low)) : load.Low;
        decimal? room = most is { } n ? sofar.High is { } s ? Math.Max(0, n - s) : 0 : null;
        var high = room is { } r ? load.High is { } h ? Math.Min(h, r) : r : load.High;
        if (low != 0 || high != 0) Give(load, commitment, new(low, high), named);
    }

    void Give(Unallocated load, CommitmentWork commitment, Interval quantity, bool named)
    {
        commitment.Delivered += quantity;
        load.Low -= quantity.Low;
        // Without end less without end: all of it went there.
        load.High = quantity.High is { } high ? load.High - high : 0;
        if (load.Links.TryGetValue(commitment, out var i)) _links[i] = _links[i] with { Quantity = _links[i].Quantity + quantity };
        else
        {
            load.Links[commitment] = _links.Count;
            _links.Add(new(commitment, load.Delivery, quantity, named));
        }
    }

    static bool IsFull(CommitmentWork commitment) =>
        commitment.Residual?.High is { } most && commitment.Delivered is var d && d.Low >= most && (d.High is not { } high || high >= most);

    static (CodeSet, string, string?) Bucket(Fact fact) => (fact.Donors, fact.Recipient, fact.Unit);
}
