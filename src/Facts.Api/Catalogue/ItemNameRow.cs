namespace Facts.Api.Catalogue;

/// <summary>A code, name or alias of an item, normalised. It belongs to one item only, so that a look-up is never ambiguous.</summary>
internal sealed class ItemNameRow : ICatalogueName
{
    public string Name { get; set; } = "";
    public string Code { get; set; } = "";
}
