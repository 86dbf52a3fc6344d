using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>Where a list's rows come from, once the request is known to be right.</summary>
internal sealed record ListSource<TRow>(IQueryable<TRow> Rows) where TRow : class
{
    /// <summary>Fills in what the query could not, for some rows at a time; null where nothing is missing.</summary>
    public Func<IReadOnlyList<TRow>, CancellationToken, Task>? Complete { get; init; }

    /// <summary>Reads what <c>embed=</c> asks for; null where the list offers nothing to embed.</summary>
    public EmbedReader<TRow>? Embed { get; init; }

    /// <summary>Names for the values of a facet's field; null where they speak for themselves.</summary>
    public Func<string, IReadOnlyCollection<string>, CancellationToken, Task<IReadOnlyDictionary<string, string>>>? Labels { get; init; }

    /// <summary>Guesses how many rows there are without counting them; null where only counting will do.</summary>
    public Func<IQueryable<TRow>, CancellationToken, Task<long?>>? Estimate { get; init; }
}

/// <summary>Answers a list: one endpoint is one call.</summary>
internal static class ListAnswer
{
    public static Task<IResult> AnswerAsync<TRow>(this ListSchema<TRow> fields, HttpContext http,
        Func<ListRequest<TRow>, IQueryable<TRow>> rows, CancellationToken cancellationToken) where TRow : class =>
        fields.AnswerAsync(http, (request, _) => Task.FromResult(new ListSource<TRow>(rows(request))), cancellationToken);

    public static async Task<IResult> AnswerAsync<TRow>(this ListSchema<TRow> fields, HttpContext http,
        Func<ListRequest<TRow>, CancellationToken, Task<ListSource<TRow>>> source, CancellationToken cancellationToken) where TRow : class
    {
        var (request, problem) = ListRequest<TRow>.Read(http, fields);
        if (problem is not null) return problem;
        var snapshot = await Reads.BeginAsync(http, cancellationToken);
        if (request.IsWhole)
        {
            // It is read while it is sent.
            http.Response.RegisterForDisposeAsync(snapshot);
            return await ReadAsync(request, source, cancellationToken);
        }
        await using (snapshot) return await ReadAsync(request, source, cancellationToken);
    }

    static async Task<IResult> ReadAsync<TRow>(ListRequest<TRow> request, Func<ListRequest<TRow>, CancellationToken, Task<ListSource<TRow>>> source,
        CancellationToken cancellationToken) where TRow : class
    {
        var http = request.Http;
        var version = await http.RequestServices.GetRequiredService<DatasetVersion>().ReadAsync(http, cancellationToken);
        if (Conditional.IsFresh(http, Conditional.ListTag(version, request.TagParts()))) return Conditional.NotModified;
        var rows = await source(request, cancellationToken);
        // What the source found wrong with the room's own parameters.
        if (request.Parameters.Problem is { } late) return late;
        if (request.IsWhole) return ExportResult.Of(request, rows);
        return await PageAsync(request, rows, version, cancellationToken);
    }

    /// <summary>One row alone, in the shape it has in the list, with its ETag.</summary>
    public static IResult Item<TRow>(this ListSchema<TRow> fields, HttpContext http, TRow row, long version) where TRow : class
    {
        if (Parameters.Read(http).Problem is { } problem) return problem;
        if (Formats.RefusesJson(http) is { } refused) return refused;
        return Conditional.IsFresh(http, Conditional.ItemTag(version)) ? Conditional.NotModified : fields.ToJsonResult(row, StatusCodes.Status200OK);
    }

    /// <summary>
    /// As <see cref="Item{TRow}"/>, with what <c>embed=</c> asks for. Then its ETag is that of an answer made from many things, since those nested
    /// change without it.
    /// </summary>
    public static async Task<IResult> ItemAsync<TRow>(
        this ListSchema<TRow> fields, HttpContext http, TRow row, long version, EmbedReader<TRow> reader, CancellationToken cancellationToken) where TRow : class
    {
        var parameters = Parameters.Read(http, fields.EmbedParameter);
        var embeds = fields.ChosenEmbeds(parameters);
        if (parameters.Problem is { } problem) return problem;
        if (Formats.RefusesJson(http) is { } refused) return refused;
        if (embeds.Count == 0) return Conditional.IsFresh(http, Conditional.ItemTag(version)) ? Conditional.NotModified : fields.ToJsonResult(row, StatusCodes.Status200OK);
        if (await Conditional.FreshAsync(http, cancellationToken) is { } fresh) return fresh;
        var columns = fields.Fields.ToList();
        foreach (var embed in embeds) columns.Add(embed.Column(await reader(embed.Name, [row], cancellationToken)));
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
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = Json.Options.Encoder })) JsonRowSerializer.WriteJson(json, columns, row);
        return bytes.ToArray();
    }

    static async Task<IResult> PageAsync<TRow>(ListRequest<TRow> request, ListSource<TRow> source, long version, CancellationToken cancellationToken) where TRow : class
    {
        var filtered = source.Rows.Filtered(request);
        var items = await ListQuery.ListAsync(filtered.AfterCursor(request).Sorted(request).Take(request.Limit + 1), cancellationToken);
        string? cursor = null;
        if (items.Count > request.Limit)
        {
            items.RemoveAt(request.Limit);
            cursor = ListCursor.Write(request.Binding, request.Sort.Select(k => k.Field.Get(items[^1])));
        }
        if (source.Complete is { } complete) await complete(items, cancellationToken);
        var (count, exact) = await CountAsync(request, source, filtered, cancellationToken);
        var facets = await ListFacets.CountAsync(request, source, filtered, cancellationToken);
        var columns = await request.ColumnsAsync(source.Embed, items, cancellationToken);
        var page = new ListPage<TRow>(request, columns, items, cursor, count, exact, facets, version);
        if (page.Next is { } next) request.Http.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        return page;
    }

    static async Task<(long? Count, bool? IsExact)> CountAsync<TRow>(
        ListRequest<TRow> request, ListSource<TRow> source, IQueryable<TRow> filtered, CancellationToken cancellationToken) where TRow : class
    {
        if (request.Count == "none") return (null, null);
        if (request.Count == "estimated" && source.Estimate is { } estimate && await estimate(filtered, cancellationToken) is { } guess) return (guess, false);
        return (await ListQuery.CountAsync(filtered, cancellationToken), true);
    }
}

/// <summary>One value of a facet: how often, and the list narrowed to it.</summary>
internal sealed record FacetValue(string? Value, string? Label, long Count, string Link);

/// <summary>Counts of a list's rows by the values of a field.</summary>
internal static class ListFacets
{
    // As many as anybody scrolls through; beyond it the page says that it is truncated.
    public const int MaxValues = 1_000;

    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<FacetValue>>?> CountAsync<TRow>(
        ListRequest<TRow> request, ListSource<TRow> source, IQueryable<TRow> filtered, CancellationToken cancellationToken) where TRow : class
    {
        if (request.Facets.Count == 0) return null;
        var facets = new Dictionary<string, IReadOnlyList<FacetValue>>();
        foreach (var field in request.Facets)
        {
            var counts = await CountAsync(field, filtered, cancellationToken);
            var values = counts.Select(c => c.Value).OfType<string>().ToList();
            var labels = source.Labels is { } named ? await named(field.Name, values, cancellationToken) : new Dictionary<string, string>();
            facets[field.Name] = [.. counts.Select(c => new FacetValue(c.Value, c.Value is null ? null : labels.GetValueOrDefault(c.Value, c.Value), c.Count, Link(request, field, c.Value)))];
        }
        return facets;
    }

    static async Task<List<(string? Value, long Count)>> CountAsync<TRow>(ListField<TRow> field, IQueryable<TRow> rows, CancellationToken cancellationToken)
    {
        var values = field.IsSet
            ? rows.SelectMany(Sets(field))
            : field.ValueType == typeof(string)
                ? rows.Select((System.Linq.Expressions.Expression<Func<TRow, string>>)field.Value)
                : null;
        var grouped = values is not null
            ? (await ListQuery.ListAsync(values.GroupBy(v => v).Select(g => new { g.Key, Count = g.LongCount() }).OrderByDescending(g => g.Count).Take(MaxValues + 1), cancellationToken))
                .Select(g => ((string?)g.Key, g.Count))
            : await EnumsAsync(field, rows, cancellationToken);
        return [.. grouped.OrderByDescending(g => g.Item2).ThenBy(g => g.Item1, StringComparer.Ordinal)];
    }

    static System.Linq.Expressions.Expression<Func<TRow, IEnumerable<string>>> Sets<TRow>(ListField<TRow> field) =>
        System.Linq.Expressions.Expression.Lambda<Func<TRow, IEnumerable<string>>>(field.Value.Body, field.Value.Parameters);

    static async Task<IEnumerable<(string?, long)>> EnumsAsync<TRow>(ListField<TRow> field, IQueryable<TRow> rows, CancellationToken cancellationToken)
    {
        var method = typeof(ListFacets).GetMethod(nameof(ByValueAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;
        return await (Task<IEnumerable<(string?, long)>>)method.MakeGenericMethod(typeof(TRow), field.ValueType).Invoke(null, [field, rows, cancellationToken])!;
    }

    static async Task<IEnumerable<(string?, long)>> ByValueAsync<TRow, T>(ListField<TRow> field, IQueryable<TRow> rows, CancellationToken cancellationToken)
    {
        var by = (System.Linq.Expressions.Expression<Func<TRow, T>>)field.Value;
        var groups = await ListQuery.ListAsync(rows.Select(by).GroupBy(v => v).Select(g => new { g.Key, Count = g.LongCount() }), cancellationToken);
        return groups.Select(g => (WireValue.Format(g.Key), g.Count));
    }

    static string Link<TRow>(ListRequest<TRow> request, ListField<TRow> field, string? value) where TRow : class
    {
        List<(string, string?)> changes = [("cursor", null), (field.Name, value is not null && value.AsSpan().IndexOfAny(',', '"') >= 0 && !value.Contains('"') ? $"\"{value}\"" : value)];
        changes.Add(($"{field.Name}__isnull", value is null ? "true" : null));
        return request.Link(changes);
    }
}

/// <summary>A page of a list: the envelope, or lines where CSV or NDJSON was asked for with a limit.</summary>
internal sealed record ListPage<TRow>(ListRequest<TRow> Request, IReadOnlyList<ListField<TRow>> Columns, IReadOnlyList<TRow> Items, string? Cursor, long? Count, bool? IsCountExact,
    IReadOnlyDictionary<string, IReadOnlyList<FacetValue>>? Facets, long DatasetVersion) : IResult where TRow : class
{
    public string? Next => Cursor is null ? null : Request.Link(("cursor", Cursor));

    public async Task ExecuteAsync(HttpContext http)
    {
        if (Request.Format != Format.Json)
        {
            await ExportResult.Of(Request.Form, Columns, Items).ExecuteAsync(http);
            return;
        }
        Request.Form.SetHeaders(http);
        var json = new Utf8JsonWriter(http.Response.BodyWriter, new JsonWriterOptions { Encoder = Json.Options.Encoder });
        await using (json)
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var item in Items)
            {
                JsonRowSerializer.WriteJson(json, Columns, item);
                if (json.BytesPending <= 65_536) continue;
                await json.FlushAsync(http.RequestAborted);
                await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
            }
            json.WriteEndArray();
            WriteRest(json);
            json.WriteEndObject();
        }
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    void WriteRest(Utf8JsonWriter json)
    {
        json.WriteString("next_cursor", Cursor);
        json.WriteString("next", Next);
        json.WriteNumber("limit", Request.Limit);
        json.WritePropertyName("count");
        JsonSerializer.Serialize(json, Count);
        json.WritePropertyName("count_is_exact");
        JsonSerializer.Serialize(json, IsCountExact);
        json.WriteBoolean("truncated", Facets?.Values.Any(f => f.Count > ListFacets.MaxValues) == true);
        json.WriteString("as_of", WireValue.Format(Request.AsOf));
        json.WriteString("known_at", WireValue.Format(Request.KnownAt));
        json.WriteNumber("dataset_version", DatasetVersion);
        if (Facets is null) return;
        json.WritePropertyName("facets");
        JsonSerializer.Serialize(json, Facets, Json.Options);
    }
}
