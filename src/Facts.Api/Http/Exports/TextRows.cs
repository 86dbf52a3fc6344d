using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>Cells as bytes of CSV (RFC 4180): a missing value is an empty cell, a set is joined by <c>;</c>.</summary>
/// <param name="raw">Whether texts that a spreadsheet would run as a formula are left as they are.</param>
internal sealed class CsvRowWriter(IReadOnlyList<Column> columns, bool raw)
{
    static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n");

    public void Header(IBufferWriter<byte> to) => Encoding.UTF8.GetBytes(string.Join(',', columns.Select(c => c.Name)) + "\r\n", to);

    public void Row(RowReader cells, IBufferWriter<byte> to)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (i > 0) Put(to, (byte)',');
            if (!cells.IsNull(i)) Cell(cells, i, to);
        }
        to.Write("\r\n"u8);
    }

    void Cell(RowReader cells, int i, IBufferWriter<byte> to)
    {
        switch (columns[i].Kind)
        {
            case CellKind.Text: Text(cells.Text(i), to); break;
            case CellKind.Set: Text(string.Join(';', cells.Set(i)), to); break;
            case CellKind.Whole: Utf8Format.Write(cells.Whole(i), to); break;
            case CellKind.Number: Utf8Format.Write(cells.Number(i), to); break;
            case CellKind.Flag: to.Write(cells.Flag(i) ? "true"u8 : "false"u8); break;
            case CellKind.Day: Utf8Format.Write(cells.Day(i), to); break;
            case CellKind.Instant: Utf8Format.Write(cells.Instant(i), to); break;
            case CellKind.Nested: Text(cells.Nested(i), to); break;
        }
    }

    void Text(string text, IBufferWriter<byte> to)
    {
        if (!raw) text = Guarded(text);
        if (text.AsSpan().IndexOfAny(NeedsQuotes) >= 0) text = $"\"{text.Replace("\"", "\"\"")}\"";
        to.Advance(Encoding.UTF8.GetBytes(text, to.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
    }

    static void Put(IBufferWriter<byte> to, byte value)
    {
        to.GetSpan(1)[0] = value;
        to.Advance(1);
    }

    /// <summary>
    /// A text as a cell that no spreadsheet runs as a formula: with a <c>'</c> before it where it begins with <c>= + - @</c> or a control character, or with a
    /// <c>'</c> that stands before one of these, so that <see cref="Unguarded"/> gives every text back.
    /// </summary>
    public static string Guarded(string text) => IsFormula(text) ? "'" + text : text;

    /// <summary>The text that was guarded; any other as it is.</summary>
    public static string Unguarded(string cell) => cell.Length > 0 && cell[0] == '\'' && IsFormula(cell[1..]) ? cell[1..] : cell;

    static bool IsFormula(string text) => text.AsSpan().TrimStart('\'') is [var first, ..] && (first is '=' or '+' or '-' or '@' || char.IsControl(first));
}

/// <summary>Cells as bytes of NDJSON: an object a line, nulls present.</summary>
internal sealed class JsonRowWriter(IReadOnlyList<Column> columns, ArrayBufferWriter<byte> to) : IDisposable
{
    readonly JsonEncodedText[] _names = [.. columns.Select(c => JsonEncodedText.Encode(c.Name))];
    readonly Utf8JsonWriter _json = new(to, new JsonWriterOptions { Encoder = Json.Options.Encoder, SkipValidation = true });
    readonly ArrayBufferWriter<byte> _plain = new(64);

    public void Row(RowReader cells)
    {
        _json.Reset();
        _json.WriteStartObject();
        for (var i = 0; i < columns.Count; i++)
        {
            _json.WritePropertyName(_names[i]);
            if (cells.IsNull(i)) _json.WriteNullValue();
            else Value(cells, i);
        }
        _json.WriteEndObject();
        _json.Flush();
        to.Write("\n"u8);
    }

    void Value(RowReader cells, int i)
    {
        _plain.ResetWrittenCount();
        switch (columns[i].Kind)
        {
            case CellKind.Text: _json.WriteStringValue(cells.Text(i)); break;
            case CellKind.Set: Set(cells.Set(i)); break;
            case CellKind.Whole: _json.WriteNumberValue(cells.Whole(i)); break;
            case CellKind.Number: Utf8Format.Write(cells.Number(i), _plain); _json.WriteRawValue(_plain.WrittenSpan, skipInputValidation: true); break;
            case CellKind.Flag: _json.WriteBooleanValue(cells.Flag(i)); break;
            case CellKind.Day: Utf8Format.Write(cells.Day(i), _plain); _json.WriteStringValue(_plain.WrittenSpan); break;
            case CellKind.Instant: Utf8Format.Write(cells.Instant(i), _plain); _json.WriteStringValue(_plain.WrittenSpan); break;
            case CellKind.Nested: cells.WriteNested(_json, i); break;
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

/// <summary>Values as <see cref="WireValue.Format"/> spells them, straight into bytes.</summary>
internal static class Utf8Format
{
    // Longer than any decimal or instant.
    const int MaxLength = 40;

    public static void Write(long value, IBufferWriter<byte> to)
    {
        value.TryFormat(to.GetSpan(MaxLength), out var written, default, CultureInfo.InvariantCulture);
        to.Advance(written);
    }

    /// <summary>Without the zeros that a column's scale adds: 20, not 20.0000.</summary>
    public static void Write(decimal value, IBufferWriter<byte> to)
    {
        var span = to.GetSpan(MaxLength);
        value.TryFormat(span, out var written, default, CultureInfo.InvariantCulture);
        if (span[..written].Contains((byte)'.')) written = span[..written].TrimEnd((byte)'0').TrimEnd((byte)'.').Length;
        to.Advance(written);
    }

    public static void Write(DateOnly value, IBufferWriter<byte> to)
    {
        value.TryFormat(to.GetSpan(MaxLength), out var written, "O", CultureInfo.InvariantCulture);
        to.Advance(written);
    }

    public static void Write(DateTime utc, IBufferWriter<byte> to)
    {
        utc.TryFormat(to.GetSpan(MaxLength), out var written, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
        to.Advance(written);
    }
}
