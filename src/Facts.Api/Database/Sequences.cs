using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Database;

internal static class Sequences
{
    /// <summary>Reserves numbers for new rows, in ascending order, from the sequence of their table.</summary>
    public static Task<List<long>> ReserveAsync(this FactsContext database, string sequence, int count, CancellationToken cancel) =>
        database.Database.SqlQuery<long>($"select nextval({sequence}::regclass) as \"Value\" from generate_series(1, {count})").ToListAsync(cancel);
}
