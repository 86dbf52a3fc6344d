namespace Facts;

/// <summary>Which delivery went to which commitment (DESIGN.md §7).</summary>
public sealed class Matching
{
    internal Matching(EvaluationOptions view, IReadOnlyList<PartitionState> situations)
    {
        (Options, Partitions) = (view, situations);
        Links = [.. situations.SelectMany(s => s.Links).Select(l => new Link(l.Commitment.Commitment, l.Delivery.Delivery, l.Quantity.InOrder(), l.Explicit))
            .OrderBy(l => l.Commitment.First, ClaimOrder.ByName)];
    }

    public EvaluationOptions Options { get; }

    /// <summary>By commitment, each one's in the order in which they were made: explicit ones first, then by day.</summary>
    public IReadOnlyList<Link> Links { get; }

    internal IReadOnlyList<PartitionState> Partitions { get; }

    public static Matching From(Resolution resolution, EvaluationOptions view) => new(view, [.. resolution.Partitions.Select(n => n.At(view))]);
}
