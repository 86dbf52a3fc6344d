namespace Facts;

/// <summary>Which delivery went to which commitment (DESIGN.md §7).</summary>
public sealed class Matching
{
    internal Matching(View view, IReadOnlyList<Situation> situations)
    {
        (View, Situations) = (view, situations);
        Links = [.. situations.SelectMany(s => s.Links).Select(l => new Link(l.Commitment.Commitment, l.Delivery.Delivery, l.Quantity.InOrder(), l.Explicit))
            .OrderBy(l => l.Commitment.First, ClaimOrder.ByName)];
    }

    public View View { get; }

    /// <summary>By commitment, each one's in the order in which they were made: explicit ones first, then by day.</summary>
    public IReadOnlyList<Link> Links { get; }

    internal IReadOnlyList<Situation> Situations { get; }

    public static Matching Of(Resolution resolution, View view) => new(view, [.. resolution.Neighbourhoods.Select(n => n.At(view))]);
}
