namespace Facts.Api.Catalogue;

/// <summary>A name by which a party or an item is found: its code, its name or an alias.</summary>
internal interface ICatalogueName
{
    string Name { get; }
    string Code { get; }
}
