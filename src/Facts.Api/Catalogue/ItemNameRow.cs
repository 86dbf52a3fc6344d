namespace Facts.Api.Catalogue;

/// <summary>Every code, name and alias of an item, normalised; one item each, so that a look-up is never ambiguous.</summary>
internal sealed class ItemNameRow : ICatalogueName
{
    public string Name { get; set; } = "";
    public string Code { get; set; } = "";
}
