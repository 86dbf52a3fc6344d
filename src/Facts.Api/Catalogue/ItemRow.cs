namespace Facts.Api.Catalogue;

internal sealed class ItemRow : ICatalogueRow
{
    public string Code { get; set; } = "";
    public string Name { get; set; } = "";
    public string? Parent { get; set; }
    public string? Unit { get; set; }
    public List<string> Aliases { get; set; } = [];
    public long Version { get; set; } = 1;
    public string? MergedInto { get; set; }
    public bool IsRemoved { get; set; }
}
