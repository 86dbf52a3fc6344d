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
    public static readonly ListFields<ImportErrorRow> Fields = new ListFields<ImportErrorRow>("ImportError")
        .Id("number", e => e.Id, "In the order of the rows.")
        .Field("row", e => e.Row, "Line of the file, from 1; of a JSON array the place.")
        .Field("column", e => e.Column, "Which member of the claim.", facet: true)
        .Field("pointer", e => e.Pointer, "The same as a JSON pointer, to one of several donors or items.")
        .Field("code", e => e.Code, "What is wrong.", facet: true)
        .Field("message", e => e.Message, "What is wrong, in words.")
        .Field("value", e => e.Value, "What was sent.")
        .Field("suggestion", e => e.Suggestion, "The nearest thing that would be accepted.");

    /// <summary>Errors of some rows as they are kept.</summary>
    public static List<ImportErrorRow> Rows(long import, IReadOnlyList<NumberedClaim> rows, IEnumerable<ProblemError> errors)
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

    /// <summary>The failed rows as CSV, as they were sent, each with what is wrong with it in a last column.</summary>
    public static async Task WriteCsvAsync(FactsContext database, ImportRow import, IBufferWriter<byte> body, Func<Task> flush, CancellationToken cancel)
    {
        var form = import.Header is { } header ? new MendedCsv(header) : MendedCsv.OfJson;
        Encoding.UTF8.GetBytes(form.Header + "\r\n", body);
        var (text, messages, row, pending) = ((byte[]?)null, new List<string>(), 0, 0);
        var errors = database.Set<ImportErrorRow>().AsNoTracking().Where(e => e.ImportId == import.Id).OrderBy(e => e.Id).AsAsyncEnumerable();
        await foreach (var error in errors.WithCancellation(cancel))
        {
            if (error.Row != row) End();
            (row, text) = (error.Row, text ?? error.Text);
            messages.Add(error.Column is { } column && !error.Message.StartsWith(column, StringComparison.Ordinal) ? $"{column}: {error.Message}" : error.Message);
            if (++pending % 500 == 0) await flush();
        }
        End();
        await flush();

        void End()
        {
            if (messages.Count > 0) Encoding.UTF8.GetBytes(form.Line(text ?? [], string.Join("; ", messages)) + "\r\n", body);
            (text, messages) = (null, []);
        }
    }

    // PostgreSQL's text cannot hold U+0000, of which some of these errors tell.
    static string? Storable(string? text) => text?.Replace('\0', '\uFFFD');
}

/// <summary>Rows as they are given back to be mended.</summary>
internal sealed class MendedCsv
{
    static readonly IReadOnlyList<string> Members = [.. WireMembers.Of(typeof(ClaimRequest)).Keys];

    readonly bool _isJson;
    readonly char _separator = ',';
    readonly int _errorAt = -1;

    /// <summary>Of a CSV file with that first line; a column of errors from the time before gives way to the new one.</summary>
    public MendedCsv(string header)
    {
        // What was taken as a header has one of the two, outside of quotes and anywhere.
        _separator = header.Contains(';') && !header.Contains(',') ? ';' : ',';
        _errorAt = Cells(Encoding.UTF8.GetBytes(header)).FindIndex(c => c.Trim() == CsvHeader.Error);
        Header = Line(Encoding.UTF8.GetBytes(header), CsvHeader.Error);
    }

    MendedCsv()
    {
        _isJson = true;
        Header = string.Join(',', Members.Append(CsvHeader.Error));
    }

    /// <summary>Of NDJSON and JSON: a column for each member of a claim.</summary>
    public static MendedCsv OfJson { get; } = new();

    public string Header { get; }

    public string Line(byte[] text, string error)
    {
        if (_isJson) return string.Join(',', OfMembers(text).Append(error).Select(Quoted));
        var line = _errorAt < 0 ? Encoding.UTF8.GetString(text) : string.Join(_separator, Cells(text).Where((_, i) => i != _errorAt).Select(Quoted));
        return line.TrimEnd('\r', '\n') + _separator + Quoted(error);
    }

    List<string> Cells(byte[] text)
    {
        using var csv = CsvReader.Create(text, new CsvReaderOptions { HasHeader = false, Separator = _separator });
        return csv.Read() ? [.. Enumerable.Range(0, csv.FieldCount).Select(i => csv[i].ToString())] : [];
    }

    static IEnumerable<string> OfMembers(byte[] text)
    {
        var (document, _) = JsonBody.Parse(text);
        using (document)
            return [.. Members.Select(m => document?.RootElement is { ValueKind: JsonValueKind.Object } o && o.TryGetProperty(m, out var value) ? Cell(value) : "")];
    }

    static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => WireText.IsUnicode(value.GetString()) ? value.GetString()! : "",
        JsonValueKind.Array => string.Join(';', value.EnumerateArray().Select(Cell)),
        _ => value.GetRawText(),
    };

    string Quoted(string cell) => cell.AsSpan().IndexOfAny("\"\r\n,;") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"")}\"";
}
