using System.Buffers;
using System.Text;

namespace Facts.Api.Http;

/// <summary>Cells as bytes of CSV (RFC 4180): a missing value is an empty cell, a set is joined by <c>;</c>.</summary>
/// <param name="raw">True if a text that a spreadsheet would run as a formula is written without a guard.</param>
internal sealed class CsvRowWriter(IReadOnlyList<Column> columns, bool raw)
{
    static readonly SearchValues<byte> NeedsQuotes = SearchValues.Create(",\"\r\n"u8);

    readonly CellKind[] _kinds = [.. columns.Select(c => c.Kind)];

    public void Header(IBufferWriter<byte> to) => Encoding.UTF8.GetBytes(string.Join(',', columns.Select(c => c.Name)) + "\r\n", to);

    public void Row(RowReader reader, IBufferWriter<byte> to)
    {
        for (var i = 0; i < _kinds.Length; i++)
        {
            if (i > 0) Put(to, (byte)',');
            if (!reader.IsNull(i)) Cell(reader, i, to);
            // Readers of CSV skip an empty line, and would lose the row.
            else if (_kinds.Length == 1) to.Write("\"\""u8);
        }
        to.Write("\r\n"u8);
    }

    void Cell(RowReader reader, int i, IBufferWriter<byte> to)
    {
        switch (_kinds[i])
        {
            case CellKind.Text: Text(reader.Utf8Text(i), to); break;
            case CellKind.Set: Text(Encoding.UTF8.GetBytes(string.Join(';', reader.Set(i))), to); break;
            case CellKind.Whole: Utf8Format.Write(reader.Whole(i), to); break;
            case CellKind.Number: Utf8Format.Write(reader.Number(i), to); break;
            case CellKind.Flag: to.Write(reader.Flag(i) ? "true"u8 : "false"u8); break;
            case CellKind.Day: Utf8Format.Write(reader.Day(i), to); break;
            case CellKind.Instant: Utf8Format.Write(reader.Instant(i), to); break;
            case CellKind.Nested: Text(Encoding.UTF8.GetBytes(reader.Nested(i)), to); break;
        }
    }

    void Text(ReadOnlySpan<byte> text, IBufferWriter<byte> to)
    {
        var isGuarded = !raw && IsFormula(text);
        if (text.IndexOfAny(NeedsQuotes) < 0)
        {
            if (isGuarded) Put(to, (byte)'\'');
            to.Write(text);
            return;
        }
        Put(to, (byte)'"');
        if (isGuarded) Put(to, (byte)'\'');
        for (int quote; (quote = text.IndexOf((byte)'"')) >= 0; text = text[(quote + 1)..])
        {
            to.Write(text[..(quote + 1)]);
            Put(to, (byte)'"');
        }
        to.Write(text);
        Put(to, (byte)'"');
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

    static bool IsFormula(string text) =>
        Rune.DecodeFromUtf16(text.AsSpan().TrimStart('\''), out var first, out _) == OperationStatus.Done && BeginsFormula(first);

    static bool IsFormula(ReadOnlySpan<byte> text) =>
        Rune.DecodeFromUtf8(text.TrimStart((byte)'\''), out var first, out _) == OperationStatus.Done && BeginsFormula(first);

    static bool BeginsFormula(Rune first) => first.Value is '=' or '+' or '-' or '@' || Rune.IsControl(first);
}
