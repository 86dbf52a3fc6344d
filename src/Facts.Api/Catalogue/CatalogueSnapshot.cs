namespace Facts.Api.Catalogue;

/// <summary>The catalogue for those who ask and change nothing.</summary>
/// <param name="Version">Of the store that it was read from.</param>
/// <param name="Catalogue">Codes by name.</param>
/// <param name="Tree">Of its items.</param>
/// <param name="Shown">Names to show, under <c>party:CODE</c> and <c>item:code</c>.</param>
internal sealed record CatalogueSnapshot(long Version, CatalogueIndex Catalogue, ItemTree Tree, IReadOnlyDictionary<string, string> Shown);
