using Facts.Api.Http;

namespace Facts.Api.Catalogue;

/// <summary>The columns of parties.</summary>
internal static class PartyListSchema
{
    public static readonly ListSchema<PartyRow> Fields = new ListSchema<PartyRow>("Party")
        .Id("code", p => p.Code, "Code of the party. A state has its ISO 3166-1 alpha-3 code.", example: "DEU")
        .Field("name", p => p.Name, "Name of the party, for readers.")
        .Field("kind", p => p.Kind, "Kind of party: a state, an organisation and so on.", facet: true, words: EnumWords.All<PartyKind>())
        .Field("aliases", p => p.Aliases, "Other names by which the party is found.")
        .Field("members", p => p.Members, "Codes of the members of the party; empty where it has none.")
        .Parameter("q", WireType.Text, CatalogueSearch.Description);
}
