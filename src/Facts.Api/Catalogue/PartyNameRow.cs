namespace Facts.Api.Catalogue;

/// <summary>Every code, name and alias of a party, normalised; one party each, so that a look-up is never ambiguous.</summary>
internal sealed class PartyNameRow : ICatalogueName
{
    public string Name { get; set; } = "";
    public string Code { get; set; } = "";
}
