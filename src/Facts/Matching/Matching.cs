namespace Facts;

/// <summary>The links between deliveries and commitments on a day (docs/semantics.md#matching).</summary>
internal sealed class Matching
{
    readonly ByNumber<Link> _ofCommitments, _ofDeliveries;

    Matching(EvaluationOptions options, Resolution resolution, List<PartitionState> partitions)
    {
        Options = options;
        var facts = resolution.Number();
        var works = new CommitmentWork?[facts.Count];
        foreach (var work in partitions.SelectMany(s => s.Commitments.All)) works[work.Commitment.Number] = work;
        foreach (var commitment in resolution.Commitments)
            if (works[commitment.Number] is { } work)
            {
                work.Number = Commitments.Count;
                Commitments.Add(work);
            }
        foreach (var partition in partitions) Deliveries.AddRange(partition.Deliveries);
        Deliveries.Sort(InOrder);
        for (var i = 0; i < Deliveries.Count; i++) Deliveries[i].Number = i;

        var (ofCommitments, ofDeliveries) = (new List<(Link, int)>(), new List<(Link, int)>());
        foreach (var raw in partitions.SelectMany(s => s.Links))
        {
            var link = new Link(raw.Commitment.Commitment, raw.Delivery.Delivery, raw.Quantity.InOrder(), raw.Explicit);
            ofCommitments.Add((link, raw.Commitment.Number));
            ofDeliveries.Add((link, raw.Delivery.Number));
        }
        (_ofCommitments, _ofDeliveries) = (new(ofCommitments, Commitments.Count), new(ofDeliveries, Deliveries.Count));
    }

    public EvaluationOptions Options { get; }

    /// <summary>The working values of the commitments that exist, in the order of facts.</summary>
    public List<CommitmentWork> Commitments { get; } = [];

    /// <summary>The working values of the deliveries and unexplained remainders that exist, in the order of facts.</summary>
    public List<DeliveryWork> Deliveries { get; } = [];

    public static Matching From(Resolution resolution, EvaluationOptions options) =>
        new(options, resolution, [.. resolution.Partitions.Select(n => n.At(options))]);

    /// <summary>The links of a commitment in the order of matching: explicit ones first, then in the order of days.</summary>
    public ReadOnlySpan<Link> LinksOf(CommitmentWork commitment) => _ofCommitments.Of(commitment.Number);

    /// <summary>The links of a delivery, or of an unexplained remainder, in the order of matching.</summary>
    public ReadOnlySpan<Link> LinksOf(DeliveryWork delivery) => _ofDeliveries.Of(delivery.Number);

    static int InOrder(DeliveryWork a, DeliveryWork b) => a.Delivery.Number != b.Delivery.Number
        ? a.Delivery.Number.CompareTo(b.Delivery.Number) : a.Unexplained.CompareTo(b.Unexplained);
}
