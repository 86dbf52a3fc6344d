namespace Facts.Api.Catalogue;

/// <summary>A code, name or alias of a party, normalised. It belongs to one party only, so that a look-up is never ambiguous.</summary>
internal sealed class PartyNameRow : ICatalogueName
{
    public string Name { get; set; } = "";
    public string Code { get; set; } = "";
}
