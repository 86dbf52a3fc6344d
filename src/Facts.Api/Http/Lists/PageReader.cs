using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Http;

/// <summary>
/// Reads a page of a list with the version of the store in one round trip, without a transaction: two where rows without the sort key end the page.
/// </summary>
internal static class PageReader
{
    /// <summary>Reads a page, and one row more if there is one.</summary>
    /// <param name="source">Connections that read.</param>
    /// <param name="request">The request.</param>
    /// <param name="filtered">The rows that pass its filters.</param>
    /// <param name="known">The version at which the filters hold; null: at any.</param>
    /// <param name="begin">Adds a statement to a batch that reads the version.</param>
    /// <param name="readVersion">Reads the result of that statement and goes on to the next one; null where this way cannot answer the request.</param>
    /// <param name="rowsOf">Makes the reader of the rows from the columns of the query.</param>
    /// <param name="cancel">Ends the queries.</param>
    /// <returns>The version and the rows. Null where this way cannot answer, or where the store has another version.</returns>
    public static async Task<(long Version, List<TRow> Rows)?> ReadAsync<TRow>(
        ReadSource source, ListRequest<TRow> request, IQueryable<TRow> filtered, long? known, Action<NpgsqlBatch> begin,
        Func<NpgsqlDataReader, CancellationToken, Task<long?>> readVersion, Func<NpgsqlDataReader, Func<NpgsqlDataReader, TRow>> rowsOf,
        CancellationToken cancel) where TRow : class
    {
        var found = new List<TRow>();
        await using var connection = await source.OpenAsync(cancel);
        foreach (var first in filtered.Pages(request))
        {
            await using var page = (NpgsqlCommand)first(request.Limit + 1 - found.Count).CreateDbCommand();
            await using var batch = new NpgsqlBatch(connection);
            begin(batch);
            batch.BatchCommands.Add(ListQuery.ToBatchCommand(page));
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            if (await readVersion(reader, cancel) is not { } version || version != (known ?? version)) return null;
            known = version;
            var read = rowsOf(reader);
            while (await reader.ReadAsync(cancel)) found.Add(read(reader));
            if (found.Count > request.Limit) break;
        }
        return (known!.Value, found);
    }
}
