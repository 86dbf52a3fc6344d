namespace Facts.Api.Http;

/// <summary>The parameters that all lists share.</summary>
internal static class ListParameters
{
    public const int DefaultLimit = 100, MaxRows = 5_000;

    /// <summary>Event time and record time.</summary>
    public static IReadOnlyList<ParameterSpec> Time { get; } =
    [
        new("as_of", WireType.Day, "Event time: the facts as they were at the end of this day. Default: today."),
        new("known_at", WireType.Instant, "Record time: only claims that were recorded by this moment. Default: now."),
    ];

    /// <summary>The embeds that may be nested in a row, by name.</summary>
    public static ParameterSpec Embed(IEnumerable<string> words) =>
        new("embed", WireType.OneOf(words), "Nests what belongs to each row, as a member of the same name. For JSON and NDJSON.") { Many = true };

    /// <summary>Names of the parameters that choose how rows are shown, not which rows.</summary>
    public static IReadOnlyList<string> OfShowing { get; } =
        ["cursor", "limit", "count", "facet", "fields", "embed", "format", "bom", "header", "raw", "download"];

    public static IReadOnlyList<ParameterSpec> All(IEnumerable<string> facets)
    {
        var facetable = facets.ToList();
        List<ParameterSpec> all =
        [
            new("limit", WireType.Whole, "Rows to a page. Other formats than JSON give all rows without it.") { Min = 1, Max = MaxRows, Default = "100" },
            new("cursor", WireType.Text, "The `next_cursor` of the page before; only with the same filters and sort."),
            new("count", WireType.OneOf("none", "estimated", "exact"),
                "Counts all rows that the filters let through: `exact` counts them, `estimated` asks the database to estimate.") { Default = "none" },
            .. ExportOptions.Parameters,
        ];
        if (facetable.Count > 0)
            all.Add(new("facet", WireType.Text, "Counts by the values of these.") { Many = true, Known = facetable });
        return all;
    }
}
