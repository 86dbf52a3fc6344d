namespace Facts.Api.Catalogue;

/// <summary>A stored party or item.</summary>
internal interface ICatalogueRow
{
    string Code { get; }
    string Name { get; }
    List<string> Aliases { get; }
    long Version { get; set; }
}
