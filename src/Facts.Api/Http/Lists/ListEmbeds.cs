namespace Facts.Api.Http;

internal static class ListEmbeds
{
    /// <summary>The columns asked for and, read for these rows, what is embedded in them.</summary>
    public static async Task<IReadOnlyList<ListField<TRow>>> ColumnsAsync<TRow>(
        this ListRequest<TRow> request, EmbedReader<TRow>? reader, IReadOnlyList<TRow> rows, CancellationToken cancel) where TRow : class
    {
        var columns = request.Columns.ToList();
        foreach (var embed in request.Embeds) columns.Add(embed.Column(await reader!(embed.Name, rows, cancel)));
        return columns;
    }
}
