namespace Facts;

/// <summary>The links between deliveries and commitments on a day (docs/semantics.md#matching).</summary>
public sealed class Matching
{
    internal Matching(EvaluationOptions options, IReadOnlyList<PartitionState> partitions)
    {
        (Options, Partitions) = (options, partitions);
        Links = [.. partitions.SelectMany(s => s.Links).Select(l => new Link(l.Commitment.Commitment, l.Delivery.Delivery, l.Quantity.InOrder(), l.Explicit))
            .OrderBy(l => l.Commitment.First, ClaimOrder.ByName)];
    }

    public EvaluationOptions Options { get; }

    /// <summary>All links, ordered by commitment. Links of one commitment: explicit ones first, then in the order of days.</summary>
    public IReadOnlyList<Link> Links { get; }

    internal IReadOnlyList<PartitionState> Partitions { get; }

    public static Matching From(Resolution resolution, EvaluationOptions options) => new(options, [.. resolution.Partitions.Select(n => n.At(options))]);
}
