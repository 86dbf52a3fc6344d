using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.EntityFrameworkCore.Query;

namespace Facts.Api.Http;

/// <summary>
/// Sends rows as a file, one after another, in constant memory. The first row is read before the first byte is sent, so that a failing query is
/// answered with an error. A later failure breaks the connection, so that no caller takes a part for the whole file.
/// </summary>
/// <param name="Options">Format and options of the file.</param>
/// <param name="Columns">In order.</param>
/// <param name="Open">Begins to read the rows.</param>
/// <param name="Count">Counts the rows, up to the given maximum.</param>
internal sealed record ExportResult(
    ExportOptions Options, IReadOnlyList<Column> Columns, Func<CancellationToken, Task<RowReader>> Open,
    Func<int, CancellationToken, Task<long>> Count) : IResult
{
    const int Batch = 500;

    // Bytes that are sent in one write.
    const int Piece = 32_768;

    /// <summary>Rows in memory.</summary>
    public static ExportResult From<TRow>(ExportOptions options, IReadOnlyList<ListField<TRow>> fields, IReadOnlyList<TRow> rows) =>
        new(options, [.. fields.Select(Column.From)], _ => Task.FromResult<RowReader>(new MemoryRowReader<TRow>(fields, rows)),
            (_, _) => Task.FromResult((long)rows.Count));

    /// <summary>The export of all rows of a list.</summary>
    public static ExportResult From<TRow>(ListRequest<TRow> request, ListSource<TRow> source) where TRow : class
    {
        var rows = source.Rows.Filtered(request);
        return new(request.Export, [.. request.Columns.Select(Column.From), .. request.Embeds.Select(e => new Column(e.Name, CellKind.Nested))],
            async cancel => rows.Provider is IAsyncQueryProvider && source.Complete is null && request.Embeds.Count == 0
                    && await DatabaseRowReader.OpenAsync(rows.Sorted(request), request.Columns, cancel) is { } stored
                ? stored
                : new MemoryRowReader<TRow>(BatchesAsync(request, source, rows, cancel)),
            (most, cancel) => ListQuery.CountAsync(rows.Take(most), cancel));
    }

    static async IAsyncEnumerable<(IReadOnlyList<ListField<TRow>>, IReadOnlyList<TRow>)> BatchesAsync<TRow>(
        ListRequest<TRow> request, ListSource<TRow> source, IQueryable<TRow> rows, [EnumeratorCancellation] CancellationToken cancel = default)
        where TRow : class
    {
        var each = request.Embeds.Count > 0 || source.Complete is not null
            ? ListQuery.Paged(rows, request, Batch, cancel)
            : ListQuery.Stream(rows.Sorted(request));
        await foreach (var batch in each.Chunked(Batch, cancel))
        {
            if (source.Complete is { } complete) await complete(batch, cancel);
            yield return (await request.ColumnsAsync(source.Embed, batch, cancel), batch);
        }
    }

    public async Task ExecuteAsync(HttpContext http)
    {
        var cancel = http.RequestAborted;
        if (Options.Format == Format.Xlsx && await Count(XlsxRowWriter.MaxRows + 1, cancel) > XlsxRowWriter.MaxRows)
        {
            await Problems.TooManyRows.Because(
                $"a sheet of a workbook holds {XlsxRowWriter.MaxRows} rows, and these are more; narrow the list, or ask for csv, ndjson or parquet")
                .ExecuteAsync(http);
            return;
        }
        if (HeadMiddleware.IsHead(http))
        {
            Options.SetHeaders(http);
            return;
        }
        await using var reader = await Open(cancel);
        var more = await reader.NextAsync(cancel);
        // The query has answered. From here on the caller decides how long the file takes, within the least rate of the server.
        http.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        if (Options.Format == Format.Xlsx)
        {
            await using var file = await XlsxRowWriter.WriteAsync(Columns, ExportOptions.List(http), reader, more, cancel);
            Options.SetHeaders(http);
            http.Response.ContentLength = file.Length;
            await file.CopyToAsync(http.Response.Body, cancel);
            return;
        }
        Options.SetHeaders(http);
        try
        {
            if (Options.Format == Format.Parquet) await new ParquetRowWriter(Columns).WriteAsync(reader, more, http.Response.Body, cancel);
            else await WriteTextAsync(http, reader, more, cancel);
        }
        catch (Exception e)
        {
            ProblemExceptionHandler.Break(http, e);
        }
    }

    async Task WriteTextAsync(HttpContext http, RowReader reader, bool more, CancellationToken cancel)
    {
        var body = http.Response.BodyWriter;
        var piece = new ArrayBufferWriter<byte>(2 * Piece);
        using var json = Options.Format == Format.Csv ? null : new JsonRowWriter(Columns, piece);
        var csv = new CsvRowWriter(Columns, Options.Raw);
        if (Options.Bom) piece.Write(Encoding.UTF8.Preamble);
        if (Options.Format == Format.Csv && Options.Header) csv.Header(piece);
        for (; more; more = await reader.NextAsync(cancel))
        {
            if (json is not null) json.Row(reader);
            else csv.Row(reader, piece);
            if (piece.WrittenCount < Piece) continue;
            await body.WriteAsync(piece.WrittenMemory, cancel);
            piece.ResetWrittenCount();
        }
        await body.WriteAsync(piece.WrittenMemory, cancel);
    }
}
