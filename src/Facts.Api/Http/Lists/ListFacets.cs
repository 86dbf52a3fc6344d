using System.Linq.Expressions;

namespace Facts.Api.Http;

/// <summary>Counts of a list's rows by the values of a field.</summary>
internal static class ListFacets
{
    // More than a person scrolls through. If there are more values, the page says that it is truncated.
    public const int MaxValues = 1_000;

    /// <summary>About so many rows are counted if there are too many. A value that each hundredth row has is then known to a tenth.</summary>
    const int Sampled = 10_000;

    /// <param name="request">The request.</param>
    /// <param name="source">The source of its rows.</param>
    /// <param name="matching">The rows that pass its filters.</param>
    /// <param name="estimate">About their number; null to count all.</param>
    /// <param name="cancel">Ends the queries.</param>
    /// <returns>
    /// The facets, and whether all rows were counted. Without <c>count=exact</c>, the facets of very many rows are estimated from some of them.
    /// </returns>
    public static async Task<(IReadOnlyDictionary<string, IReadOnlyList<FacetValue>>? Facets, bool AreExact)> CountAsync<TRow>(
        ListRequest<TRow> request, ListSource<TRow> source, IQueryable<TRow> matching, long? estimate, CancellationToken cancel) where TRow : class
    {
        if (request.Facets.Count == 0) return (null, true);
        var (rows, percent) = (matching, 100.0);
        if (estimate > source.MostCounted && source.Sample is { } sample)
        {
            percent = 100.0 * Sampled / estimate.Value;
            rows = sample(percent).Filtered(request);
        }
        // Where few rows are counted, or each is compared with the words of a search, they are read once for all facets.
        var read = estimate is not null && (percent < 100 || source.ReadsOnceForFacets) ? await ReadAsync(request.Facets, rows, cancel) : null;
        var facets = new Dictionary<string, IReadOnlyList<FacetValue>>();
        foreach (var (field, at) in request.Facets.Select((f, i) => (f, i)))
        {
            var counted = read is null ? await CountAsync(field, rows, cancel) : Count(field, read.Select(row => row[at]));
            var counts = counted.ConvertAll(c => (c.Value, Count: (long)Math.Round(c.Count * 100 / percent)));
            var values = counts.Select(c => c.Value).OfType<string>().ToList();
            var labels = source.Labels is { } named ? await named(field.Name, values, cancel) : new Dictionary<string, string>();
            facets[field.Name] = [.. counts.Select(
                c => new FacetValue(c.Value, c.Value is null ? null : labels.GetValueOrDefault(c.Value, c.Value), c.Count, Link(request, field, c.Value)))];
        }
        return (facets, percent == 100);
    }

    /// <summary>The values of some fields in all rows.</summary>
    static async Task<List<object?[]>> ReadAsync<TRow>(IReadOnlyList<ListField<TRow>> fields, IQueryable<TRow> rows, CancellationToken cancel)
    {
        var row = Expression.Parameter(typeof(TRow), "row");
        var values = Expression.NewArrayInit(typeof(object), fields.Select(f => Expression.Convert(ListQuery.Body(f, row), typeof(object))));
        return await ListQuery.ListAsync(rows.Select(Expression.Lambda<Func<TRow, object?[]>>(values, row)), cancel);
    }

    static List<(string? Value, long Count)> Count<TRow>(ListField<TRow> field, IEnumerable<object?> values)
    {
        var texts = !field.IsSet ? values.Select(WireValue.Format)
            : values.Cast<IEnumerable<string>>().SelectMany(set => HasNull(field) ? set.Select(string? (v) => v).DefaultIfEmpty(null) : set);
        return [.. InOrder(texts.GroupBy(v => v).Select(g => (g.Key, g.LongCount()))).Take(MaxValues + 1)];
    }

    // Only a list has a count that the database knows, and a filter that finds the empty ones.
    static bool HasNull<TRow>(ListField<TRow> field) => field.IsSet && field.Value.Body.Type == typeof(List<string>);

    static IEnumerable<(string? Value, long Count)> InOrder(IEnumerable<(string? Value, long Count)> counts) =>
        counts.OrderByDescending(g => g.Count).ThenBy(g => g.Value, StringComparer.Ordinal);

    static async Task<List<(string? Value, long Count)>> CountAsync<TRow>(ListField<TRow> field, IQueryable<TRow> rows, CancellationToken cancel)
    {
        var values = field.IsSet
            ? rows.SelectMany(Sets(field))
            : field.ValueType == typeof(string)
                ? rows.Select((Expression<Func<TRow, string>>)field.Value)
                : null;
        var grouped = values is not null
            ? (await ListQuery.ListAsync(
                values.GroupBy(v => v).Select(g => new { g.Key, Count = g.LongCount() }).OrderByDescending(g => g.Count).Take(MaxValues + 1), cancel))
                .Select(g => ((string?)g.Key, g.Count))
            : await EnumsAsync(field, rows, cancel);
        if (HasNull(field) && await ListQuery.CountAsync(rows.Where(ListQuery.IsEmpty<TRow>(field, true)), cancel) is > 0 and var none)
            grouped = grouped.Append(((string?)null, none));
        return [.. InOrder(grouped)];
    }

    static Expression<Func<TRow, IEnumerable<string>>> Sets<TRow>(ListField<TRow> field) =>
        Expression.Lambda<Func<TRow, IEnumerable<string>>>(field.Value.Body, field.Value.Parameters);

    static async Task<IEnumerable<(string?, long)>> EnumsAsync<TRow>(ListField<TRow> field, IQueryable<TRow> rows, CancellationToken cancel)
    {
        var method = typeof(ListFacets).GetMethod(nameof(ByValueAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;
        return await (Task<IEnumerable<(string?, long)>>)method.MakeGenericMethod(typeof(TRow), field.ValueType).Invoke(null, [field, rows, cancel])!;
    }

    static async Task<IEnumerable<(string?, long)>> ByValueAsync<TRow, T>(ListField<TRow> field, IQueryable<TRow> rows, CancellationToken cancel)
    {
        var by = (Expression<Func<TRow, T>>)field.Value;
        var groups = await ListQuery.ListAsync(rows.Select(by).GroupBy(v => v).Select(g => new { g.Key, Count = g.LongCount() }), cancel);
        return groups.Select(g => (WireValue.Format(g.Key), g.Count));
    }

    static string Link<TRow>(ListRequest<TRow> request, ListField<TRow> field, string? value) where TRow : class
    {
        List<(string, string?)> changes =
            [("cursor", null), (field.Name, value is not null && value.AsSpan().IndexOfAny(',', '"') >= 0 && !value.Contains('"') ? $"\"{value}\"" : value)];
        changes.Add(($"{field.Name}__isnull", value is null ? "true" : null));
        return request.Link(changes);
    }
}
