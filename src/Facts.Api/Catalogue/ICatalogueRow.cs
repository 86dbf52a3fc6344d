namespace Facts.Api.Catalogue;

/// <summary>A party or an item as it is stored.</summary>
internal interface ICatalogueRow
{
    string Code { get; }
    string Name { get; }
    List<string> Aliases { get; }
    long Version { get; set; }
}
