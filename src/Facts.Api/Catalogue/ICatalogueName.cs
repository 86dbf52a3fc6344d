namespace Facts.Api.Catalogue;

/// <summary>A name that a party or an item is found by, its code too.</summary>
internal interface ICatalogueName
{
    string Name { get; }
    string Code { get; }
}
