namespace Facts.Api.Http;

internal static class ListEmbeds
{
    /// <summary>Reads the embeds of these rows, and gives the requested columns with them.</summary>
    public static async Task<IReadOnlyList<ListField<TRow>>> ColumnsAsync<TRow>(
        this ListRequest<TRow> request, EmbedReader<TRow>? reader, IReadOnlyList<TRow> rows, CancellationToken cancel) where TRow : class
    {
        var columns = request.Columns.ToList();
        foreach (var embed in request.Embeds) columns.Add(embed.Column(await reader!(embed.Name, rows, cancel)));
        return columns;
    }
}
