using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>Rows as bytes: JSON objects and CSV lines of the same columns.</summary>
internal static class Rows
{
    static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n");

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
                case var inside when column.Inner is { } inner: inner.WriteJson(json, inside); break;
                case var other: JsonSerializer.Serialize(json, other, other.GetType(), Json.Options); break;
            }
        }
        json.WriteEndObject();
    }

    /// <summary>The line of names.</summary>
    public static string CsvHeader<TRow>(IReadOnlyList<ListField<TRow>> columns) => string.Join(',', columns.Select(c => c.Name)) + "\r\n";

    /// <summary>
    /// One line (RFC 4180). A missing value is an empty cell. A text that a spreadsheet would run as a formula gets a <c>'</c> before it, unless
    /// <paramref name="raw"/>.
    /// </summary>
    public static string CsvLine<TRow>(IReadOnlyList<ListField<TRow>> columns, TRow row, bool raw)
    {
        var line = new StringBuilder();
        for (var i = 0; i < columns.Count; i++)
        {
            if (i > 0) line.Append(',');
            Append(line, Cell(columns[i].Get(row), raw));
        }
        return line.Append("\r\n").ToString();
    }

    static string Cell(object? value, bool raw) => value switch
    {
        null => "",
        string text => raw ? text : Guarded(text),
        IEnumerable<string> set => string.Join(';', set) is var joined && raw ? joined : Guarded(joined),
        DateOnly or DateTimeOffset or Enum or bool or IFormattable => WireValue.Format(value)!,
        _ => JsonSerializer.Serialize(value, value.GetType(), Json.Options),
    };

    static string Guarded(string text) => text.Length > 0 && (text[0] is '=' or '+' or '-' or '@' || char.IsControl(text[0])) ? "'" + text : text;

    static void Append(StringBuilder line, string cell)
    {
        if (cell.AsSpan().IndexOfAny(NeedsQuotes) < 0) line.Append(cell);
        else line.Append('"').Append(cell.Replace("\"", "\"\"")).Append('"');
    }
}
