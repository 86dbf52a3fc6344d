using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>A page of a list: the envelope in JSON, or only the rows in CSV and NDJSON with a limit.</summary>
internal sealed record ListPage<TRow>(
    ListRequest<TRow> Request, IReadOnlyList<ListField<TRow>> Columns, IReadOnlyList<TRow> Items, string? Cursor, long? Count, bool? IsCountExact,
    IReadOnlyDictionary<string, IReadOnlyList<FacetValue>>? Facets, bool AreFacetsExact, long DatasetVersion) : IResult where TRow : class
{
    public string? Next => Cursor is null ? null : Request.Link(("cursor", Cursor));

    public async Task ExecuteAsync(HttpContext http)
    {
        if (Request.Format != Format.Json)
        {
            await ExportResult.From(Request.Export, Columns, Items).ExecuteAsync(http);
            return;
        }
        Request.Export.SetHeaders(http);
        var json = new Utf8JsonWriter(http.Response.BodyWriter, new JsonWriterOptions { Encoder = Json.Options.Encoder });
        await using (json)
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var item in Items)
            {
                JsonRowSerializer.WriteJson(json, Columns, item);
                if (json.BytesPending <= 65_536) continue;
                await json.FlushAsync(http.RequestAborted);
                await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
            }
            json.WriteEndArray();
            WriteRest(json);
            json.WriteEndObject();
        }
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    void WriteRest(Utf8JsonWriter json)
    {
        json.WriteString("next_cursor", Cursor);
        json.WriteString("next", Next);
        json.WriteNumber("limit", Request.Limit);
        json.WritePropertyName("count");
        JsonSerializer.Serialize(json, Count);
        json.WritePropertyName("count_is_exact");
        JsonSerializer.Serialize(json, IsCountExact);
        json.WriteBoolean("truncated", Facets?.Values.Any(f => f.Count > ListFacets.MaxValues) == true);
        json.WriteString("as_of", WireValue.Format(Request.AsOf));
        json.WriteString("known_at", WireValue.Format(Request.KnownAt));
        json.WriteNumber("dataset_version", DatasetVersion);
        if (Facets is null) return;
        json.WritePropertyName("facets");
        JsonSerializer.Serialize(json, Facets, Json.Options);
        json.WriteBoolean("facets_are_exact", AreFacetsExact);
    }
}
