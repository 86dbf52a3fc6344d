namespace Facts.Api.Projections;

/// <summary>The catalogue at one version of the store, for queries.</summary>
/// <param name="Version">Version of the store from which it was read.</param>
/// <param name="Catalogue">The index from names to codes.</param>
/// <param name="Tree">The tree of its items.</param>
/// <param name="Shown">Display names, by <c>party:CODE</c> and <c>item:code</c>.</param>
internal sealed record CatalogueSnapshot(long Version, CatalogueIndex Catalogue, ItemTree Tree, IReadOnlyDictionary<string, string> Shown)
{
    /// <summary>A catalogue without entries, for a query that names none.</summary>
    public static CatalogueSnapshot Empty { get; } = new(0, new([], [], []), new([]), new Dictionary<string, string>());
}
