using Facts.Api.Http;

namespace Facts.Api.Catalogue;

/// <summary>The columns of items.</summary>
internal static class ItemListSchema
{
    public static readonly ListSchema<ItemRow> Fields = new ListSchema<ItemRow>("Item")
        .Id("code", i => i.Code, "Code of the item: lower case letters, digits and hyphens.", example: "iris-t")
        .Field("name", i => i.Name, "Name of the item, for readers.")
        .Field("parent", i => i.Parent, "Code of the item that contains this one; null at the top.", facet: true)
        .Field("unit", i => i.Unit, "Unit in which claims count the item if they name no unit; null where there is none.", facet: true)
        .Field("aliases", i => i.Aliases, "Other names by which the item is found.")
        .Parameter("q", WireType.Text, CatalogueSearch.Description);
}
