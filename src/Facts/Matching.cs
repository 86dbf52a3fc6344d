namespace Facts;

/// <summary>Which delivery went to which commitment (DESIGN.md §7).</summary>
public sealed partial class Matching
{
    public required View View { get; init; }

    /// <summary>By commitment, in the order of matching.</summary>
    public required IReadOnlyList<Link> Links { get; init; }

    public static Matching Of(Resolution resolution, View view) => throw new NotImplementedException();
}
