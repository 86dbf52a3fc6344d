using System.Buffers;
using System.Text;

namespace Facts.Api.Http;

/// <summary>Cells as bytes of CSV (RFC 4180): a missing value is an empty cell, a set is joined by <c>;</c>.</summary>
/// <param name="raw">True if a text that a spreadsheet would run as a formula is written without a guard.</param>
internal sealed class CsvRowWriter(IReadOnlyList<Column> columns, bool raw)
{
    static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n");

    public void Header(IBufferWriter<byte> to) => Encoding.UTF8.GetBytes(string.Join(',', columns.Select(c => c.Name)) + "\r\n", to);

    public void Row(RowReader reader, IBufferWriter<byte> to)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (i > 0) Put(to, (byte)',');
            if (!reader.IsNull(i)) Cell(reader, i, to);
            // Readers of CSV skip an empty line, and would lose the row.
            else if (columns.Count == 1) to.Write("\"\""u8);
        }
        to.Write("\r\n"u8);
    }

    void Cell(RowReader reader, int i, IBufferWriter<byte> to)
    {
        switch (columns[i].Kind)
        {
            case CellKind.Text: Text(reader.Text(i), to); break;
            case CellKind.Set: Text(string.Join(';', reader.Set(i)), to); break;
            case CellKind.Whole: Utf8Format.Write(reader.Whole(i), to); break;
            case CellKind.Number: Utf8Format.Write(reader.Number(i), to); break;
            case CellKind.Flag: to.Write(reader.Flag(i) ? "true"u8 : "false"u8); break;
            case CellKind.Day: Utf8Format.Write(reader.Day(i), to); break;
            case CellKind.Instant: Utf8Format.Write(reader.Instant(i), to); break;
            case CellKind.Nested: Text(reader.Nested(i), to); break;
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
    /// Guards a text, so that no spreadsheet runs its cell as a formula. A text that begins with <c>= + - @</c> or a control character gets a <c>'</c> in
    /// front. So does a text that already begins with <c>'</c> and one of these. <see cref="Unguarded"/> therefore restores every text.
    /// </summary>
    public static string Guarded(string text) => IsFormula(text) ? "'" + text : text;

    /// <summary>The text without its guard; a text without a guard is not changed.</summary>
    public static string Unguarded(string cell) => cell.Length > 0 && cell[0] == '\'' && IsFormula(cell[1..]) ? cell[1..] : cell;

    static bool IsFormula(string text) => text.AsSpan().TrimStart('\'') is [var first, ..] && (first is '=' or '+' or '-' or '@' || char.IsControl(first));
}
