using System.Buffers;
using System.Text;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Imports;

/// <summary>All errors of all loads: kept in the store, in bounded memory, and given out as a list or as the rows to be mended.</summary>
internal static class ImportErrors
{
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
