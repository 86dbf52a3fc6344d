using System.Buffers;
using System.Text;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Imports;

/// <summary>Errors of imports: stored in full, and returned as a list or as the failed rows, in bounded memory.</summary>
internal static class ImportErrors
{
    /// <summary>Errors as stored. The first error of each row has the row's text.</summary>
    public static List<ImportErrorRow> Rows(long import, IReadOnlyList<ParsedRow> rows, IEnumerable<ProblemError> errors)
    {
        var texts = rows.ToDictionary(r => r.Row, r => r.Text);
        var seen = new HashSet<int>();
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
            Text = e.Row is { } row && seen.Add(row) && texts.TryGetValue(row, out var text) ? text.ToArray() : null,
        })];
    }

    public static Task ClearAsync(FactsContext database, long import, CancellationToken cancel) =>
        database.Set<ImportErrorRow>().Where(e => e.ImportId == import).ExecuteDeleteAsync(cancel);

    /// <summary>
    /// Writes failed rows as CSV, in the order of the file, each with all its errors in the column <c>error</c>. The request's filters choose rows by their
    /// errors.
    /// </summary>
    public static async Task WriteCsvAsync(
        FactsContext database, ImportRow import, ListRequest<ImportErrorRow> request, IBufferWriter<byte> body, Func<Task> flush, CancellationToken cancel)
    {
        var csv = new FailedRowsCsv(import.Header, request.Export.Raw);
        if (request.Export.Bom) body.Write(Encoding.UTF8.Preamble);
        if (request.Export.Header) Encoding.UTF8.GetBytes(csv.Header + "\r\n", body);
        var all = database.Set<ImportErrorRow>().AsNoTracking().Where(e => e.ImportId == import.Id);
        var chosen = all.Filtered(request);
        // A row is corrected as a whole, so its other errors are written too.
        var errors = chosen == all ? all : all.Where(e => chosen.Any(c => c.Row == e.Row));
        var (left, pending) = (request.Parameters.Has("limit") ? request.Limit : long.MaxValue, 0);
        var (text, messages, row) = ((byte[]?)null, new List<string>(), 0);
        await foreach (var error in errors.OrderBy(e => e.Id).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (error.Row != row) End();
            if (left == 0) break;
            (row, text) = (error.Row, text ?? error.Text);
            var namesColumn = error.Column is null || error.Message.StartsWith(error.Column, StringComparison.Ordinal);
            messages.Add(namesColumn ? error.Message : $"{error.Column}: {error.Message}");
            if (++pending % 500 == 0) await flush();
        }
        End();
        await flush();

        void End()
        {
            if (messages.Count == 0) return;
            Encoding.UTF8.GetBytes(csv.Line(text ?? [], string.Join("; ", messages)) + "\r\n", body);
            (text, messages, left) = (null, [], left - 1);
        }
    }

    // PostgreSQL's text cannot hold U+0000, which may occur in the value that an error quotes.
    static string? Storable(string? text) => text?.Replace('\0', '\uFFFD');
}
