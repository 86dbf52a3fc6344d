using System.Buffers;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Imports;

/// <summary>All errors of all loads: kept in the store, in bounded memory, and given out as a list or as the rows to be mended.</summary>
internal static class ImportErrors
{
    public static readonly ListSchema<ImportErrorRow> Fields = new ListSchema<ImportErrorRow>("ImportError")
        .Id("number", e => e.Id, "In the order of the rows.")
        .Field("row", e => e.Row, "Line of the file, from 1; of a JSON array the number of the element, from 1.")
        .Field("column", e => e.Column, "Which member of the claim.", facet: true)
        .Field("pointer", e => e.Pointer, "The same as a JSON pointer, to one of several donors or items; of a JSON array it begins with the index of the element, from 0.")
        .Field("code", e => e.Code, "What is wrong.", facet: true)
        .Field("message", e => e.Message, "What is wrong, in words.")
        .Field("value", e => e.Value, "What was sent.")
        .Field("suggestion", e => e.Suggestion, "The nearest thing that would be accepted.");

    /// <summary>Errors of some rows as they are kept.</summary>
    public static List<ImportErrorRow> Rows(long import, IReadOnlyList<ParsedRow> rows, IEnumerable<ProblemError> errors)
    {
        var texts = rows.ToDictionary(r => r.Row, r => r.Text);
        var told = new HashSet<int>();
        return [.. errors.Select(e => new ImportErrorRow
        {
            ImportId = import,
            Row = e.Row ?? 0,
            Column = e.Column,
            Pointer = e.Pointer,
            Code = e.Code,
            Message = Storable(e.Message)!,
            Value = Storable(e.Value),
            Suggestion = e.Suggestion,
            Text = e.Row is { } row && told.Add(row) && texts.TryGetValue(row, out var text) ? text.ToArray() : null,
        })];
    }

    public static Task ClearAsync(FactsContext database, long import, CancellationToken cancel) =>
        database.Set<ImportErrorRow>().Where(e => e.ImportId == import).ExecuteDeleteAsync(cancel);

    /// <summary>The failed rows as CSV, each with all that is wrong with it in a column of its own: those that have an error as it was asked for, in the order of the file.</summary>
    public static async Task WriteCsvAsync(FactsContext database, ImportRow import, ListRequest<ImportErrorRow> request, IBufferWriter<byte> body, Func<Task> flush, CancellationToken cancel)
    {
        var form = new FailedRowsCsv(import.Header, request.Form.Raw);
        if (request.Form.Bom) body.Write(Encoding.UTF8.Preamble);
        if (request.Form.Header) Encoding.UTF8.GetBytes(form.Header + "\r\n", body);
        var all = database.Set<ImportErrorRow>().AsNoTracking().Where(e => e.ImportId == import.Id);
        var asked = all.Filtered(request);
        // Nobody can mend half of a row: what else is wrong with it is told too.
        var errors = asked == all ? all : all.Where(e => asked.Any(a => a.Row == e.Row));
        var (left, pending) = (request.Parameters.Has("limit") ? request.Limit : long.MaxValue, 0);
        var (text, messages, row) = ((byte[]?)null, new List<string>(), 0);
        await foreach (var error in errors.OrderBy(e => e.Id).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (error.Row != row) End();
            if (left == 0) break;
            (row, text) = (error.Row, text ?? error.Text);
            messages.Add(error.Column is { } column && !error.Message.StartsWith(column, StringComparison.Ordinal) ? $"{column}: {error.Message}" : error.Message);
            if (++pending % 500 == 0) await flush();
        }
        End();
        await flush();

        void End()
        {
            if (messages.Count == 0) return;
            Encoding.UTF8.GetBytes(form.Line(text ?? [], string.Join("; ", messages)) + "\r\n", body);
            (text, messages, left) = (null, [], left - 1);
        }
    }

    // PostgreSQL's text cannot hold U+0000, of which some of these errors tell.
    static string? Storable(string? text) => text?.Replace('\0', '\uFFFD');
}

/// <summary>
/// Rows as they are given back to be mended: as many cells as the header has, what is wrong in the one after them, and behind that what was sent in too
/// many cells. A spreadsheet runs none of it as a formula, and the loader reads the same values again.
/// </summary>
internal sealed class FailedRowsCsv
{
    static readonly IReadOnlyDictionary<string, WireMember> Members = WireMembers.For(typeof(ClaimRequest));

    readonly bool _isJson, _raw;
    readonly char _separator = ',';
    readonly int _errorAt = -1;
    readonly List<string> _names;

    /// <param name="header">First line of a CSV file, in which a column of errors from the time before gives way to the new one; null of NDJSON and JSON, where each
    /// member of a claim is a column.</param>
    /// <param name="raw">Whether texts that a spreadsheet would run as a formula are left as they are.</param>
    public FailedRowsCsv(string? header, bool raw)
    {
        _raw = raw;
        _isJson = header is null;
        if (header is null)
        {
            _names = [.. Members.Keys];
            return;
        }
        // What was taken as a header has one of the two, outside of quotes and anywhere.
        _separator = header.Contains(';') && !header.Contains(',') ? ';' : ',';
        _names = [.. Cells(Encoding.UTF8.GetBytes(header))!.Select(c => c.Trim())];
        _errorAt = _names.IndexOf(CsvHeader.Error);
        if (_errorAt >= 0) _names.RemoveAt(_errorAt);
        Trim(_names, 0);
    }

    public string Header => Joined(_names.Append(CsvHeader.Error));

    public string Line(byte[] text, string error)
    {
        var cells = _isJson ? OfMembers(text) : Cells(text);
        // What cannot be told apart into cells stands beside what is wrong with it.
        if (cells is null) (cells, error) = ([], $"{error}; it was sent as: {Encoding.UTF8.GetString(text).TrimEnd('\r', '\n')}");
        if (_errorAt >= 0 && _errorAt < cells.Count) cells.RemoveAt(_errorAt);
        Trim(cells, _names.Count);
        var shown = cells.Select((cell, i) => Shown(cell, i < _names.Count ? _names[i] : "")).ToList();
        var missing = Enumerable.Repeat("", Math.Max(0, _names.Count - shown.Count));
        return Joined([.. shown.Take(_names.Count), .. missing, CsvRowWriter.Guarded(error), .. shown.Skip(_names.Count)]);
    }

    /// <summary>Takes empty cells off the end, down to so many.</summary>
    static void Trim(List<string> cells, int least)
    {
        while (cells.Count > least && cells[^1].Length == 0) cells.RemoveAt(cells.Count - 1);
    }

    /// <summary>The cells of a row; null where it is not CSV.</summary>
    List<string>? Cells(byte[] text)
    {
        var isCsv = true;
        using var csv = CsvReader.Create(text, new CsvReaderOptions { HasHeader = false, Separator = _separator, OnMalformedRecord = _ => isCsv = false });
        List<string> cells = csv.Read() ? [.. Enumerable.Range(0, csv.FieldCount).Select(i => csv[i].ToString())] : [];
        return isCsv ? cells : null;
    }

    /// <summary>The members of a claim as cells; null where the row is none, or holds what no column has.</summary>
    static List<string>? OfMembers(byte[] text)
    {
        if (text.Length == 0) return [];
        var (document, _) = JsonBody.Parse(text, isRow: true);
        using (document)
            return document?.RootElement is { ValueKind: JsonValueKind.Object } row && row.EnumerateObject().All(m => Members.ContainsKey(m.Name) || ExportColumns.Own.Contains(m.Name))
                ? [.. Members.Keys.Select(m => row.TryGetProperty(m, out var value) ? Cell(value) : "")]
                : null;
    }

    static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => WireText.IsUnicode(value.GetString()) ? value.GetString()! : "",
        JsonValueKind.Array => string.Join(';', value.EnumerateArray().Select(Cell)),
        _ => value.GetRawText(),
    };

    string Shown(string cell, string name)
    {
        if (_raw) return cell;
        var value = _isJson ? cell : CsvRowWriter.Unguarded(cell);
        var isNumber = Members.GetValueOrDefault(name)?.Kind is MemberKind.Number or MemberKind.Whole && WireValue.ExactNumber(value.Trim()) is not null;
        return isNumber ? value : CsvRowWriter.Guarded(value);
    }

    string Joined(IEnumerable<string> cells) => string.Join(_separator, cells.Select(Quoted));

    static string Quoted(string cell) => cell.AsSpan().IndexOfAny("\"\r\n,;") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"")}\"";
}
