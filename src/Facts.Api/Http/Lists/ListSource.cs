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
}
