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
    /// <param name="counted">The rows that pass its filters.</param>
    /// <param name="estimate">About their number; null to count all.</param>
    /// <param name="cancel">Ends the queries.</param>
    /// <returns>
    /// The facets, and whether all rows were counted. Without <c>count=exact</c>, the facets of very many rows are estimated from some of them.
    /// </returns>
    public static async Task<(IReadOnlyDictionary<string, IReadOnlyList<FacetValue>>? Facets, bool AreExact)> CountAsync<TRow>(
        ListRequest<TRow> request, ListSource<TRow> source, IQueryable<TRow> counted, long? estimate, CancellationToken cancel) where TRow : class
    {
        if (request.Facets.Count == 0) return (null, true);
        var (rows, percent) = (counted, 100.0);
        if (estimate > source.MostCounted && source.Sample is { } sample)
        {
            percent = 100.0 * Sampled / estimate.Value;
            rows = sample(percent).Filtered(request);
        }
        var facets = new Dictionary<string, IReadOnlyList<FacetValue>>();
        foreach (var field in request.Facets)
        {
            var counts = (await CountAsync(field, rows, cancel)).ConvertAll(c => (c.Value, Count: (long)Math.Round(c.Count * 100 / percent)));
            var values = counts.Select(c => c.Value).OfType<string>().ToList();
            var labels = source.Labels is { } named ? await named(field.Name, values, cancel) : new Dictionary<string, string>();
            facets[field.Name] = [.. counts.Select(
                c => new FacetValue(c.Value, c.Value is null ? null : labels.GetValueOrDefault(c.Value, c.Value), c.Count, Link(request, field, c.Value)))];
        }
        return (facets, percent == 100);
    }

    static async Task<List<(string? Value, long Count)>> CountAsync<TRow>(ListField<TRow> field, IQueryable<TRow> rows, CancellationToken cancel)
    {
        var values = field.IsSet
            ? rows.SelectMany(Sets(field))
            : field.ValueType == typeof(string)
                ? rows.Select((System.Linq.Expressions.Expression<Func<TRow, string>>)field.Value)
                : null;
        var grouped = values is not null
            ? (await ListQuery.ListAsync(
                values.GroupBy(v => v).Select(g => new { g.Key, Count = g.LongCount() }).OrderByDescending(g => g.Count).Take(MaxValues + 1), cancel))
                .Select(g => ((string?)g.Key, g.Count))
            : await EnumsAsync(field, rows, cancel);
        // Only a list has a count that the database knows, and a filter that finds the empty ones.
        if (field.IsSet && field.Value.Body.Type == typeof(List<string>)
            && await ListQuery.CountAsync(rows.Where(ListQuery.IsEmpty<TRow>(field, true)), cancel) is > 0 and var none)
            grouped = grouped.Append(((string?)null, none));
        return [.. grouped.OrderByDescending(g => g.Item2).ThenBy(g => g.Item1, StringComparer.Ordinal)];
    }

    static System.Linq.Expressions.Expression<Func<TRow, IEnumerable<string>>> Sets<TRow>(ListField<TRow> field) =>
        System.Linq.Expressions.Expression.Lambda<Func<TRow, IEnumerable<string>>>(field.Value.Body, field.Value.Parameters);

    static async Task<IEnumerable<(string?, long)>> EnumsAsync<TRow>(ListField<TRow> field, IQueryable<TRow> rows, CancellationToken cancel)
    {
        var method = typeof(ListFacets).GetMethod(nameof(ByValueAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;
        return await (Task<IEnumerable<(string?, long)>>)method.MakeGenericMethod(typeof(TRow), field.ValueType).Invoke(null, [field, rows, cancel])!;
    }

    static async Task<IEnumerable<(string?, long)>> ByValueAsync<TRow, T>(ListField<TRow> field, IQueryable<TRow> rows, CancellationToken cancel)
    {
        var by = (System.Linq.Expressions.Expression<Func<TRow, T>>)field.Value;
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
