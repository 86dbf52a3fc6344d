using System.Text;
using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>
/// A list as CSV or NDJSON, one row after another in constant memory. The first row is fetched before the first byte is sent, so that a
/// query that fails is an error; one that fails later breaks the connection, so that nobody takes what came for the whole.
/// </summary>
internal sealed record WholeList<TRow>(ListRequest<TRow> Request, ListSource<TRow> Source) : IResult where TRow : class
{
    const int Batch = 500;

    /// <summary>The columns, where the rows are one page: filtered, sorted and completed already. Null for all rows.</summary>
    public IReadOnlyList<ListField<TRow>>? PageColumns { get; init; }

    bool IsPage => PageColumns is not null;

    public async Task ExecuteAsync(HttpContext http)
    {
        var rows = IsPage ? ListQuery.Stream(Source.Rows)
            : Request.Embeds.Count > 0 ? ListQuery.Paged(Source.Rows.Filtered(Request), Request, Batch)
            : ListQuery.Stream(Source.Rows.Filtered(Request).Sorted(Request));
        await using var each = rows.GetAsyncEnumerator(http.RequestAborted);
        var batch = Plumbing.IsHead(http) ? [] : await NextAsync(each, http.RequestAborted);
        http.Response.ContentType = Request.Format == Format.Csv ? "text/csv; charset=utf-8; header=" + (HasHeader ? "present" : "absent") : "application/x-ndjson; charset=utf-8";
        RowFile.Name(http, Request);
        try
        {
            await WriteAsync(http, each, batch);
        }
        catch (Exception e)
        {
            Faults.Break(http, e);
        }
    }

    bool HasHeader => Request.Parameters.Flag("header") ?? true;

    async Task WriteAsync(HttpContext http, IAsyncEnumerator<TRow> each, List<TRow> batch)
    {
        var body = http.Response.BodyWriter;
        using var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = Json.Options.Encoder });
        var raw = Request.Parameters.Flag("raw") ?? false;
        if (Request.Format == Format.Csv)
        {
            if (Request.Parameters.Flag("bom") == true) Encoding.UTF8.GetBytes("\uFEFF", body);
            if (HasHeader) Encoding.UTF8.GetBytes(Rows.CsvHeader(Request.Columns), body);
        }
        for (; batch.Count > 0; batch = await NextAsync(each, http.RequestAborted))
        {
            var columns = PageColumns ?? await Request.ColumnsAsync(Source.Embed, batch, http.RequestAborted);
            foreach (var row in batch)
            {
                if (Request.Format == Format.Csv)
                {
                    Encoding.UTF8.GetBytes(Rows.CsvLine(columns, row, raw), body);
                    continue;
                }
                json.Reset();
                Rows.WriteJson(json, columns, row);
                json.Flush();
                Encoding.UTF8.GetBytes("\n", body);
            }
            await body.FlushAsync(http.RequestAborted);
        }
        await body.FlushAsync(http.RequestAborted);
    }

    async Task<List<TRow>> NextAsync(IAsyncEnumerator<TRow> each, CancellationToken cancellationToken)
    {
        var batch = new List<TRow>(Batch);
        while (batch.Count < Batch && await each.MoveNextAsync()) batch.Add(each.Current);
        if (!IsPage && batch.Count > 0 && Source.Complete is { } complete) await complete(batch, cancellationToken);
        return batch;
    }
}

internal static class RowFile
{
    /// <summary>With <c>download=true</c> a name for the file: the last segment of the path.</summary>
    public static void Name<TRow>(HttpContext http, ListRequest<TRow> request) where TRow : class
    {
        if (request.Parameters.Flag("download") != true) return;
        var last = http.Request.Path.Value!.TrimEnd('/').Split('/')[^1];
        var name = new string([.. last.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')]);
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{(name.Length == 0 ? "facts" : name)}.{request.Format.Word}\"";
    }
}
