using System.Text;
using System.Text.Json;
using CsvHelper;
using Facts.Api.Claims;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>
/// Writes failed rows as CSV, to be corrected and sent again. Each has as many cells as the header, then its errors in one cell, then surplus cells.
/// No spreadsheet runs a cell as a formula, and the values read back are equal to the values sent.
/// </summary>
internal sealed class FailedRowsCsv
{
    static readonly IReadOnlyDictionary<string, WireMember> Members = WireMembers.For(typeof(ClaimRequest));

    readonly bool _isJson, _raw;
    readonly char _separator = ',';
    readonly int _errorAt = -1;
    readonly List<string> _names;

    /// <param name="header">First line of a CSV file; an earlier <c>error</c> column is replaced. Null for NDJSON and JSON, where each
    /// member of a claim becomes a column.</param>
    /// <param name="raw">True if texts that a spreadsheet would run as a formula are written unchanged.</param>
    public FailedRowsCsv(string? header, bool raw)
    {
        _raw = raw;
        _isJson = header is null;
        if (header is null)
        {
            _names = [.. Members.Keys];
            return;
        }
        // The header was accepted, so it has only one of the two separators.
        _separator = header.Contains(';') && !header.Contains(',') ? ';' : ',';
        _names = [.. Cells(Encoding.UTF8.GetBytes(header))!.Select(c => c.Trim())];
        _errorAt = _names.IndexOf(CsvHeader.Error);
        if (_errorAt >= 0) _names.RemoveAt(_errorAt);
        Trim(_names, 0);
    }

    /// <summary>The header line.</summary>
    public string Header => Joined(_names.Append(CsvHeader.Error));

    /// <summary>A failed row.</summary>
    /// <param name="text">The row as sent.</param>
    /// <param name="error">All its errors.</param>
    public string Line(byte[] text, string error)
    {
        var cells = _isJson ? MemberCells(text) : Cells(text);
        // A row that cannot be split into cells is quoted in its error text.
        if (cells is null) (cells, error) = ([], $"{error}; it was sent as: {Encoding.UTF8.GetString(text).TrimEnd('\r', '\n')}");
        if (_errorAt >= 0 && _errorAt < cells.Count) cells.RemoveAt(_errorAt);
        Trim(cells, _names.Count);
        var shown = cells.Select((cell, i) => Shown(cell, i < _names.Count ? _names[i] : "")).ToList();
        var missing = Enumerable.Repeat("", Math.Max(0, _names.Count - shown.Count));
        return Joined([.. shown.Take(_names.Count), .. missing, CsvRowWriter.Guarded(error), .. shown.Skip(_names.Count)]);
    }

    /// <summary>Removes empty cells at the end, but leaves at least so many cells.</summary>
    static void Trim(List<string> cells, int least)
    {
        while (cells.Count > least && cells[^1].Length == 0) cells.RemoveAt(cells.Count - 1);
    }

    /// <summary>The cells of a row; null if it is not CSV.</summary>
    List<string>? Cells(byte[] text)
    {
        var isCsv = true;
        using var csv = CsvReader.Create(text, new CsvReaderOptions { HasHeader = false, Separator = _separator, OnMalformedRecord = _ => isCsv = false });
        List<string> cells = csv.Read() ? [.. Enumerable.Range(0, csv.FieldCount).Select(i => csv[i].ToString())] : [];
        return isCsv ? cells : null;
    }

    /// <summary>The members of a claim as cells; null if the row is no JSON object, or has a member without a column.</summary>
    static List<string>? MemberCells(byte[] text)
    {
        if (text.Length == 0) return [];
        var (document, _) = JsonBody.Parse(text, isRow: true);
        using (document)
            return document?.RootElement is { ValueKind: JsonValueKind.Object } row
                && row.EnumerateObject().All(m => Members.ContainsKey(m.Name) || ExportColumns.Own.Contains(m.Name))
                ? [.. Members.Keys.Select(m => row.TryGetProperty(m, out var value) ? Cell(value) : "")]
                : null;
    }

    static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => WireText.IsUnicode(value.GetString()) ? value.GetString()! : "",
        JsonValueKind.Array => string.Join(';', value.EnumerateArray().Select(Cell)),
        JsonValueKind.Number => value.GetRawText(),
        _ => value.GetRawText(),
    };

    string Shown(string cell, string name)
    {
        if (_raw) return cell;
        var value = _isJson ? cell : CsvRowWriter.Unguarded(cell);
        var isNumber = Members.GetValueOrDefault(name)?.Kind is MemberKind.Number or MemberKind.Whole && CsvNumber.IsNumber(value.Trim());
        return isNumber ? value : CsvRowWriter.Guarded(value);
    }

    string Joined(IEnumerable<string> cells) => string.Join(_separator, cells.Select(Quoted));

    static string Quoted(string cell) => cell.AsSpan().IndexOfAny("\"\r\n,;") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"")}\"";
}
