using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Database;

/// <summary>
/// Locks of the catalogue: the editors' lock, the rows in use and the item tree are steps 0, 3 and 5 of the lock order (<c>Database/Locks/README.md</c>).
/// </summary>
internal static class CatalogueLocks
{
    /// <summary>The letters "edits" and "tree" as keys of advisory locks.</summary>
    const long Edits = 0x6564697473, Tree = 0x74726565;

    /// <summary>Lets one editor at a time edit the catalogue, until the transaction ends. Imports can still add names to it.</summary>
    public static Task EditAsync(FactsContext database, CancellationToken cancel) =>
        database.WaitAsync("edits", () => database.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Edits})", cancel), cancel);

    /// <summary>
    /// Keeps every item in its place in the tree until the transaction ends. Each writer that computes facts takes it before partitions; many share it.
    /// </summary>
    public static void LockTreeShared(RoundTrip trip) => trip.Lock($"select pg_advisory_xact_lock_shared({Tree})");

    /// <summary>
    /// Keeps every other writer from computing facts while an item moves. The cost: all writers of claims wait. An import in progress has claims that only its
    /// own transaction can see, so no other transaction could recompute them. Items move a few times a year.
    /// </summary>
    public static Task LockTreeAsync(FactsContext database, CancellationToken cancel) =>
        database.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Tree})", cancel);

    /// <summary>
    /// Keeps the parties and items that claims name from being deleted until the transaction ends. Donors and items are arrays, which no foreign key can check,
    /// so their rows are locked as a foreign key would lock them. A deletion waits for these locks, then sees the claims and refuses.
    /// </summary>
    /// <returns>The number of those that still exist and were not merged into another, once the statements have been sent.</returns>
    public static List<long> LockUsed(RoundTrip trip, string[] parties, string[] items) => trip.Ask(
        """
        select
            (select count(*) from (
                select from parties where code = any (@parties) and merged_into is null and not is_removed order by code for key share) locked)
            + (select count(*) from (
                select from items where code = any (@items) and merged_into is null and not is_removed order by code for key share) locked)
        """, r => r.GetInt64(0), new NpgsqlParameter("parties", parties), new NpgsqlParameter("items", items));
}
