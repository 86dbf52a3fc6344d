namespace Facts.Api.Catalogue;

/// <summary>A party or an item as it is sent.</summary>
internal interface ICatalogueRequest
{
    string? Code { get; set; }
    string? Name { get; }
    List<string>? Aliases { get; }
}
