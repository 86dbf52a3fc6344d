namespace Facts.Api.Catalogue;

/// <summary>A party or an item as a caller sends it.</summary>
internal interface ICatalogueRequest
{
    string? Code { get; set; }
    string? Name { get; }
    List<string>? Aliases { get; }
}
