namespace Facts.Api.Http;

/// <summary>A request for a list, read and checked before a database connection is taken.</summary>
internal sealed class ListRequest<TRow> where TRow : class
{
    readonly DateOnly _today;
    readonly DateTimeOffset _now;
    Problem? _formatProblem;

    ListRequest(HttpContext http, ListSchema<TRow> fields)
    {
        Http = http;
        Fields = fields;
        var clock = http.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System;
        _now = clock.GetUtcNow();
        _today = DateOnly.FromDateTime(_now.UtcDateTime);
        Parameters = Parameters.Read(http, fields.Parameters());
    }

    public HttpContext Http { get; }
    public ListSchema<TRow> Fields { get; }

    /// <summary>All parameters, including those that only the room of the list reads.</summary>
    public Parameters Parameters { get; }

    /// <summary>The day asked about: given, or today (UTC). Null if the list does not depend on time.</summary>
    public DateOnly? AsOf { get; private set; }

    /// <summary>The record time asked about: given, or now. Null if the list does not depend on time.</summary>
    public DateTimeOffset? KnownAt { get; private set; }

    /// <summary>True if the caller gave <see cref="KnownAt"/>. Otherwise it is now.</summary>
    public bool IsKnownAtGiven { get; private set; }

    /// <summary>The sort keys in order. The key of the list comes last, so that the order is total.</summary>
    public IReadOnlyList<SortKey<TRow>> Sort { get; private set; } = [];

    /// <summary>The fields to show.</summary>
    public IReadOnlyList<ListField<TRow>> Columns { get; private set; } = [];

    /// <summary>The embeds to nest in each row.</summary>
    public IReadOnlyList<ListEmbed<TRow>> Embeds { get; private set; } = [];

    public IReadOnlyList<ListField<TRow>> Facets { get; private set; } = [];

    public int Limit { get; private set; }

    /// <summary>True if all rows are streamed, without pages.</summary>
    public bool IsWhole { get; private set; }

    public ExportOptions Export { get; private set; } = new(Format.Json, false, true, false, false);

    public Format Format => Export.Format;

    public string Count { get; private set; } = "none";

    /// <summary>Values of the last row of the page before, by <see cref="Sort"/>; null on the first page.</summary>
    public IReadOnlyList<object?>? After { get; private set; }

    /// <summary>The path, filters and sort to which a cursor is bound.</summary>
    public string Binding { get; private set; } = "";

    /// <summary>
    /// The problem that refuses the request; null if it can be answered. A problem of <c>Accept</c> (406) comes only if all parameters are valid: it concerns
    /// a header and cannot be listed with them.
    /// </summary>
    public Problem? Problem => Parameters.Problem ?? _formatProblem;

    public static ListRequest<TRow> Read(HttpContext http, ListSchema<TRow> fields)
    {
        var request = new ListRequest<TRow>(http, fields);
        (request.Export, request._formatProblem) = ExportOptions.Read(http, request.Parameters);
        request.Take();
        return request;
    }

    void Take()
    {
        if (Fields.IsTimed)
        {
            AsOf = Parameters.Day("as_of") ?? _today;
            IsKnownAtGiven = Parameters.Has("known_at");
            KnownAt = Parameters.Instant("known_at") ?? _now;
        }
        IsWhole = Format != Format.Json && !Parameters.Has("limit") && !Parameters.Has("cursor");
        Limit = (int)(Parameters.Whole("limit") ?? ListParameters.DefaultLimit);
        Count = Parameters.Text("count") ?? "none";
        Sort = Parameters.Sort(Fields.Sortable, Fields.DefaultSort);
        if (Sort.All(k => k.Field != Fields.Key)) Sort = [.. Sort, new(Fields.Key, false)];
        Columns = Parameters.Columns(Fields.Fields);
        Facets = Fields.Countable.Any() ? Parameters.Named("facet", Fields.Countable) : [];
        Embeds = Fields.ChosenEmbeds(Parameters);
        var mayNest = Format == Format.Json || Format == Format.Ndjson;
        if (Embeds.Count > 0 && !mayNest) Refuse("embed", "embed is for JSON and NDJSON: a cell has no room for other rows");
        if (mayNest && !Parameters.Has("fields")) Embeds = [.. Embeds, .. Fields.Embeds.Where(e => e.IsAlways)];
        if (Format != Format.Json && Count != "none") Refuse("count", "count is for JSON: a file of rows has no place for it");
        if (Format != Format.Json && Facets.Count > 0) Refuse("facet", "facet is for JSON: a file of rows has no place for it");
        ReadCursor();
    }

    void Refuse(string name, string message) => Parameters.Fail(Problems.UnsupportedFormat, name, message, suggestion: "format");

    void ReadCursor()
    {
        var sort = string.Join(',', Sort.Select(k => (k.Descending ? "-" : "") + k.Field.Name));
        Binding = string.Join('\n', Http.Codes?.Epoch, Http.Request.Path,
            Conditional.CanonicalQuery(Http.Request, [.. ListParameters.OfShowing, "sort"]), sort);
        if (Parameters.Text("cursor") is not { } cursor || Parameters.Problem is not null) return;
        After = ListCursor.Read(cursor, Binding, [.. Sort.Select(k => k.Field.Type)]);
        if (After is null)
            Parameters.Fail(
                Problems.CursorMismatch, "cursor", "the cursor was cut or changed, or belongs to other filters or another sort; begin again without it");
    }

    /// <summary>Everything that the answer depends on except store, path and query, for its ETag.</summary>
    public IEnumerable<string> TagParts() => [Format.Word, WireValue.Format(AsOf) ?? ""];

    /// <summary>The path and query with some parameters replaced; a null value removes the parameter.</summary>
    public string Link(params IReadOnlyList<(string Name, string? Value)> changes)
    {
        var kept = Http.Request.Query.Where(p => changes.All(c => c.Name != p.Key)).SelectMany(p => p.Value.Select(v => (p.Key, Value: v)));
        var query = string.Join('&', kept.Concat(changes.Select(c => (Key: c.Name, c.Value))).Where(p => p.Value is not null)
            .Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value!)}"));
        var path = Http.Request.PathBase.Add(Http.Request.Path).ToUriComponent();
        return query.Length == 0 ? path : path + "?" + query;
    }
}
