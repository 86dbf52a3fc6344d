namespace Facts;

/// <summary>The links between deliveries and commitments on a day (docs/semantics.md#matching).</summary>
public sealed class Matching
{
    internal Matching(EvaluationOptions options, IReadOnlyList<PartitionState> partitions)
    {
        (Options, Partitions) = (options, partitions);
        var links = partitions.SelectMany(s => s.Links)
            .Select(l => (Raw: l, Link: new Link(l.Commitment.Commitment, l.Delivery.Delivery, l.Quantity.InOrder(), l.Explicit))).ToList();
        OfCommitments = links.ToLookup(l => l.Raw.Commitment, l => l.Link);
        OfDeliveries = links.ToLookup(l => l.Raw.Delivery, l => l.Link);
        Links = [.. links.Select(l => l.Link).OrderBy(l => l.Commitment.First, ClaimOrder.ByName)];
    }

    public EvaluationOptions Options { get; }

    /// <summary>All links, ordered by commitment. Links of one commitment: explicit ones first, then in the order of days.</summary>
    public IReadOnlyList<Link> Links { get; }

    internal IReadOnlyList<PartitionState> Partitions { get; }

    /// <summary>The links of each commitment in the order of matching.</summary>
    internal ILookup<CommitmentWork, Link> OfCommitments { get; }

    /// <summary>The links of each delivery, and of each unexplained remainder, in the order of matching.</summary>
    internal ILookup<DeliveryWork, Link> OfDeliveries { get; }

    public static Matching From(Resolution resolution, EvaluationOptions options) => new(options, [.. resolution.Partitions.Select(n => n.At(options))]);
}
