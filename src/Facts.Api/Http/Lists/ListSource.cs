namespace Facts.Api.Http;

/// <summary>Source of a list's rows, made after the request was checked.</summary>
internal sealed record ListSource<TRow>(IQueryable<TRow> Rows) where TRow : class
{
    /// <summary>
    /// Another query for the same rows, which is faster where all of them are counted and whose number the database estimates better; null to count
    /// <see cref="Rows"/>.
    /// </summary>
    public IQueryable<TRow>? Counted { get; init; }

    /// <summary>
    /// The largest number of rows whose facets are counted one by one, if the request does not ask for exact numbers. Of so many, a facet takes 50 to 200 ms.
    /// </summary>
    public int MostCounted { get; init; } = 50_000;

    /// <summary>
    /// True where each row takes long to find, as in a search by words: then the rows are read once for all facets, and not counted for each.
    /// </summary>
    public bool ReadsOnceForFacets { get; init; }

    /// <summary>The same rows of a random part of the store, of so many per cent, to estimate facets; null if facets are always counted.</summary>
    public Func<double, IQueryable<TRow>>? Sample { get; init; }

    /// <summary>Completes some rows at a time with values that the query cannot give; null if there are none.</summary>
    public Func<IReadOnlyList<TRow>, CancellationToken, Task>? Complete { get; init; }

    /// <summary>Reads the rows that <c>embed=</c> asks for; null if the list offers none.</summary>
    public EmbedReader<TRow>? Embed { get; init; }

    /// <summary>Gives names to the values of a facet's field; null if the values need none.</summary>
    public Func<string, IReadOnlyCollection<string>, CancellationToken, Task<IReadOnlyDictionary<string, string>>>? Labels { get; init; }
}
