using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>Rows in memory as JSON objects.</summary>
internal static class JsonRowSerializer
{
    /// <summary>One row as a JSON object.</summary>
    public static void WriteJson<TRow>(Utf8JsonWriter json, IReadOnlyList<ListField<TRow>> columns, TRow row)
    {
        json.WriteStartObject();
        foreach (var column in columns)
        {
            if (column.IsShown is { } shown && !shown(row)) continue;
            json.WritePropertyName(column.Name);
            switch (column.Get(row))
            {
                case null: json.WriteNullValue(); break;
                case string text: json.WriteStringValue(text); break;
                case long whole: json.WriteNumberValue(whole); break;
                case decimal number: json.WriteNumberValue(Json.Plain(number)); break;
                case bool flag: json.WriteBooleanValue(flag); break;
                case DateOnly or DateTimeOffset or Enum: json.WriteStringValue(WireValue.Format(column.Get(row))); break;
                case var inside: WriteNested(json, column, inside); break;
            }
        }
        json.WriteEndObject();
    }

    /// <summary>Writes a value that is not a word or a number as JSON.</summary>
    public static void WriteNested<TRow>(Utf8JsonWriter json, ListField<TRow> column, object inside)
    {
        if (column.Inner is { } inner) inner.WriteJson(json, inside);
        else JsonSerializer.Serialize(json, inside, inside.GetType(), Json.Options);
    }
}
