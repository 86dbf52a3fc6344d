namespace Facts;

/// <summary>The links between deliveries and commitments on a day (docs/semantics.md#matching).</summary>
public sealed class Matching
{
    Matching(EvaluationOptions options, Resolution resolution, IReadOnlyList<PartitionState> partitions)
    {
        Options = options;
        var works = partitions is [var only] ? only.ByCommitment
            : partitions.SelectMany(s => s.ByCommitment).ToDictionary(work => work.Key, work => work.Value);
        Commitments = [.. resolution.Commitments.Select(works.GetValueOrDefault).OfType<CommitmentWork>()];
        Deliveries = [.. partitions.SelectMany(s => s.Deliveries)];
        var links = partitions.SelectMany(s => s.Links)
            .Select(l => (Raw: l, Link: new Link(l.Commitment.Commitment, l.Delivery.Delivery, l.Quantity.InOrder(), l.Explicit))).ToList();
        OfCommitments = links.ToLookup(l => l.Raw.Commitment, l => l.Link);
        OfDeliveries = links.ToLookup(l => l.Raw.Delivery, l => l.Link);
        Links = [.. Commitments.SelectMany(c => OfCommitments[c])];
    }

    public EvaluationOptions Options { get; }

    /// <summary>All links, ordered by commitment. Links of one commitment: explicit ones first, then in the order of days.</summary>
    public IReadOnlyList<Link> Links { get; }

    /// <summary>The working values of the commitments that exist, in the order of facts.</summary>
    internal IReadOnlyList<CommitmentWork> Commitments { get; }

    /// <summary>The working values of the deliveries and unexplained remainders that exist, in no order.</summary>
    internal IReadOnlyList<DeliveryWork> Deliveries { get; }

    /// <summary>The links of each commitment in the order of matching.</summary>
    internal ILookup<CommitmentWork, Link> OfCommitments { get; }

    /// <summary>The links of each delivery, and of each unexplained remainder, in the order of matching.</summary>
    internal ILookup<DeliveryWork, Link> OfDeliveries { get; }

    public static Matching From(Resolution resolution, EvaluationOptions options) =>
        new(options, resolution, [.. resolution.Partitions.Select(n => n.At(options))]);
}
