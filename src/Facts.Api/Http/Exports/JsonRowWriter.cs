using System.Buffers;
using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>Cells as bytes of NDJSON: an object a line, nulls present.</summary>
internal sealed class JsonRowWriter(IReadOnlyList<Column> columns, ArrayBufferWriter<byte> to) : IDisposable
{
    readonly JsonEncodedText[] _names = [.. columns.Select(c => JsonEncodedText.Encode(c.Name))];
    readonly Utf8JsonWriter _json = new(to, new JsonWriterOptions { Encoder = Json.Options.Encoder, SkipValidation = true });
    readonly ArrayBufferWriter<byte> _plain = new(64);

    public void Row(RowReader reader)
    {
        _json.Reset();
        _json.WriteStartObject();
        for (var i = 0; i < columns.Count; i++)
        {
            _json.WritePropertyName(_names[i]);
            if (reader.IsNull(i)) _json.WriteNullValue();
            else Value(reader, i);
        }
        _json.WriteEndObject();
        _json.Flush();
        to.Write("\n"u8);
    }

    void Value(RowReader reader, int i)
    {
        _plain.ResetWrittenCount();
        switch (columns[i].Kind)
        {
            case CellKind.Text: _json.WriteStringValue(reader.Utf8Text(i)); break;
            case CellKind.Set: Set(reader.Set(i)); break;
            case CellKind.Whole: _json.WriteNumberValue(reader.Whole(i)); break;
            case CellKind.Number: Utf8Format.Write(reader.Number(i), _plain); _json.WriteRawValue(_plain.WrittenSpan, skipInputValidation: true); break;
            case CellKind.Flag: _json.WriteBooleanValue(reader.Flag(i)); break;
            case CellKind.Day: Utf8Format.Write(reader.Day(i), _plain); _json.WriteStringValue(_plain.WrittenSpan); break;
            case CellKind.Instant: Utf8Format.Write(reader.Instant(i), _plain); _json.WriteStringValue(_plain.WrittenSpan); break;
            case CellKind.Nested: reader.WriteNested(_json, i); break;
        }
    }

    void Set(IReadOnlyList<string> set)
    {
        _json.WriteStartArray();
        foreach (var member in set) _json.WriteStringValue(member);
        _json.WriteEndArray();
    }

    public void Dispose() => _json.Dispose();
}
