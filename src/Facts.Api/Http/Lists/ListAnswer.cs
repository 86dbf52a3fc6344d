using System.Buffers;
using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>Answers a list or one of its rows: an endpoint is one call.</summary>
internal static class ListAnswer
{
    public static Task<IResult> AnswerAsync<TRow>(this ListSchema<TRow> fields, HttpContext http,
        Func<ListRequest<TRow>, IQueryable<TRow>> rows, CancellationToken cancel) where TRow : class =>
        fields.AnswerAsync(http, (request, _) => Task.FromResult(new ListSource<TRow>(rows(request))), cancel);

    /// <summary>Answers a list.</summary>
    /// <param name="fields">Its schema.</param>
    /// <param name="http">The request.</param>
    /// <param name="source">Gives the rows, in the snapshot of the request.</param>
    /// <param name="cancel">Ends the queries.</param>
    /// <param name="attempt">
    /// Reads a page without embeds, counts and facets in one round trip, before a snapshot begins; its result is null where that is not possible.
    /// Null for a list that has no such way.
    /// </param>
    public static async Task<IResult> AnswerAsync<TRow>(this ListSchema<TRow> fields, HttpContext http,
        Func<ListRequest<TRow>, CancellationToken, Task<ListSource<TRow>>> source, CancellationToken cancel,
        Func<ListRequest<TRow>, CancellationToken, Task<(long Version, List<TRow> Rows)?>>? attempt = null) where TRow : class
    {
        var request = ListRequest<TRow>.Read(http, fields);
        if (request.Problem is { } problem) return problem;
        var reader = http.RequestServices.GetRequiredService<IStoreReader>();
        if (await Conditional.StillFreshAsync(http, cancel, request.TagParts()) is { } stillFresh) return stillFresh;
        if (attempt is not null && !reader.HasSnapshot && request is { IsWhole: false, Count: "none", Facets.Count: 0, Embeds.Count: 0 }
            && await attempt(request, cancel) is { } stored)
            return Conditional.Fresh(http, stored.Version, request.TagParts()) ?? Page(request, stored.Rows, stored.Version);
        if (request.IsWhole)
        {
            // The rows are read while they are sent.
            http.Response.RegisterForDisposeAsync(await reader.BeginExportAsync(cancel));
            return await ReadAsync(request, source, cancel);
        }
        await using var snapshot = await reader.BeginSnapshotAsync(cancel);
        return await ReadAsync(request, source, cancel);
    }

    static async Task<IResult> ReadAsync<TRow>(ListRequest<TRow> request, Func<ListRequest<TRow>, CancellationToken, Task<ListSource<TRow>>> source,
        CancellationToken cancel) where TRow : class
    {
        var http = request.Http;
        var version = await http.RequestServices.GetRequiredService<IStoreReader>().VersionAsync(cancel);
        if (Conditional.Fresh(http, version, request.TagParts()) is { } notModified) return notModified;
        var rows = await source(request, cancel);
        // The source may have refused parameters that only its room knows.
        if (request.Parameters.Problem is { } problem) return problem;
        if (request.IsWhole) return ExportResult.From(request, rows);
        return await PageAsync(request, rows, version, cancel);
    }

    /// <summary>Answers one row with its ETag, in the shape that it has in the list.</summary>
    public static IResult Item<TRow>(this ListSchema<TRow> fields, HttpContext http, TRow row, long version) where TRow : class
    {
        return Conditional.IsFresh(http, Conditional.ItemTag(version)) ? Conditional.NotModified : fields.ToJsonResult(row, StatusCodes.Status200OK);
    }

    /// <summary>
    /// Answers one row with the rows that <c>embed=</c> asks for. With embedded rows its ETag is that of a list, because they
    /// change without a change of the row.
    /// </summary>
    public static async Task<IResult> ItemAsync<TRow>(
        this ListSchema<TRow> fields, HttpContext http, TRow row, long version, EmbedReader<TRow> reader, CancellationToken cancel) where TRow : class
    {
        var parameters = Parameters.From(http);
        var embeds = fields.ChosenEmbeds(parameters);
        if (parameters.Problem is { } problem) return problem;
        if (embeds.Count == 0)
            return Conditional.IsFresh(http, Conditional.ItemTag(version)) ? Conditional.NotModified : fields.ToJsonResult(row, StatusCodes.Status200OK);
        if (await Conditional.FreshAsync(http, cancel) is { } notModified) return notModified;
        var columns = fields.Fields.ToList();
        foreach (var embed in embeds) columns.Add(embed.Column(await reader(embed.Name, [row], cancel)));
        return ToJsonResult(columns, row, StatusCodes.Status200OK);
    }

    /// <summary>201 with Location and ETag.</summary>
    public static IResult Created<TRow>(this ListSchema<TRow> fields, HttpContext http, TRow row, long version, string location) where TRow : class
    {
        http.Response.Headers.Location = location;
        http.Response.Headers.ETag = Conditional.ItemTag(version);
        return fields.ToJsonResult(row, StatusCodes.Status201Created);
    }

    /// <summary>The row as JSON.</summary>
    public static IResult ToJsonResult<TRow>(this ListSchema<TRow> fields, TRow row, int status) where TRow : class => ToJsonResult(fields.Fields, row, status);

    public static IResult ToJsonResult<TRow>(IReadOnlyList<ListField<TRow>> columns, TRow row, int status) where TRow : class =>
        Results.Text(Bytes(columns, row), "application/json; charset=utf-8", status);

    public static byte[] Bytes<TRow>(IReadOnlyList<ListField<TRow>> columns, TRow row) where TRow : class
    {
        var bytes = new ArrayBufferWriter<byte>(4_096);
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = Json.Options.Encoder })) JsonRowSerializer.WriteJson(json, columns, row);
        return bytes.WrittenSpan.ToArray();
    }

    static async Task<IResult> PageAsync<TRow>(ListRequest<TRow> request, ListSource<TRow> source, long version, CancellationToken cancel) where TRow : class
    {
        var filtered = source.Rows.Filtered(request);
        var items = new List<TRow>();
        foreach (var first in filtered.Pages(request).TakeWhile(_ => items.Count <= request.Limit))
            items.AddRange(await ListQuery.ListAsync(first(request.Limit + 1 - items.Count), cancel));
        var cursor = CutToPage(request, items);
        if (source.Complete is { } complete) await complete(items, cancel);
        var counted = source.Counted?.Filtered(request) ?? filtered;
        var mayEstimate = request.Count == "estimated" || request is { Count: "none", Facets.Count: > 0 } && source.Sample is not null;
        var estimate = mayEstimate ? await ListQuery.EstimateAsync(counted, cancel) : null;
        var (count, exact) = await CountAsync(request.Count, estimate, counted, cancel);
        var (facets, areExact) = await ListFacets.CountAsync(request, source, counted, estimate, cancel);
        var columns = await request.ColumnsAsync(source.Embed, items, cancel);
        return WithLink(new ListPage<TRow>(request, columns, items, cursor, count, exact, facets, areExact, version));
    }

    static ListPage<TRow> Page<TRow>(ListRequest<TRow> request, List<TRow> items, long version) where TRow : class
    {
        var cursor = CutToPage(request, items);
        return WithLink(new ListPage<TRow>(request, request.Columns, items, cursor, null, null, null, true, version));
    }

    static ListPage<TRow> WithLink<TRow>(ListPage<TRow> page) where TRow : class
    {
        if (page.Next is { } next) page.Request.Http.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        return page;
    }

    // One row more than the page has is read. It tells that there is a next page.
    static string? CutToPage<TRow>(ListRequest<TRow> request, List<TRow> items) where TRow : class
    {
        if (items.Count <= request.Limit) return null;
        items.RemoveAt(request.Limit);
        return ListCursor.Write(request.Binding, request.Sort.Select(k => k.Field.Get(items[^1])));
    }

    static async Task<(long? Count, bool? IsExact)> CountAsync<TRow>(string count, long? estimate, IQueryable<TRow> counted, CancellationToken cancel) =>
        count switch
        {
            "none" => (null, null),
            "estimated" when estimate is not null => (estimate, false),
            _ => (await ListQuery.CountAsync(counted, cancel), true),
        };
}
