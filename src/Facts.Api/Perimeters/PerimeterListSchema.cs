using Facts.Api.Http;

namespace Facts.Api.Perimeters;

/// <summary>The columns of perimeters.</summary>
internal static class PerimeterListSchema
{
    public static readonly ListSchema<PerimeterRow> Fields = new ListSchema<PerimeterRow>("Perimeter")
        .Id("code", p => p.Code, "Code of the perimeter. Its page is `/perimeters/{code}`.", example: "washington-2024")
        .Field("name", p => p.Name, "Name of the perimeter, for readers.")
        .Field("description", p => p.Description, "Subject of the perimeter, for readers; null if nothing is said.")
        .Field("filter", p => p.Filter, "The filter as the query of `/v1/balances`, with codes in place of names.");
}
