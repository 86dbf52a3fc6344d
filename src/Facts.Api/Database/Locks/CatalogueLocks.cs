using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Database;

/// <summary>
/// Turns of those who edit the catalogue, among themselves and beside those who write claims. An editor takes his turn among editors first, then writes his names, and last, if he
/// moves an item, the turn in the tree. Who writes claims makes his names first too, and keeps the tree before he takes his turns in partitions: so nobody waits in a circle.
/// </summary>
internal static class CatalogueLocks
{
    /// <summary>"edits" and "tree", among advisory locks.</summary>
    const long Edits = 0x6564697473, Tree = 0x74726565;

    /// <summary>For who edits: nobody else edits the catalogue until the transaction ends. Loads go on adding to it.</summary>
    public static Task EditAsync(FactsContext database, CancellationToken cancel) => database.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Edits})", cancel);

    /// <summary>For who computes facts: no item moves until the transaction ends. To be taken before the turns in partitions; many have it at once.</summary>
    public static Task LockTreeSharedAsync(FactsContext database, CancellationToken cancel) => database.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock_shared({Tree})", cancel);

    /// <summary>
    /// For who moves an item: nobody computes facts meanwhile. All who write claims wait for it, which is the price: a load on its way has claims that nobody else sees yet, so
    /// that only it could compute them again. Items are moved a few times a year.
    /// </summary>
    public static Task LockTreeAsync(FactsContext database, CancellationToken cancel) => database.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Tree})", cancel);

    /// <summary>
    /// For who writes claims: what they name is not deleted until the transaction ends. Donors and items are sets, which no foreign key holds, so their rows are held as one
    /// would hold them: who deletes a row waits for all who use it, sees their claims then, and refuses.
    /// </summary>
    /// <returns>Whether all of it is there still.</returns>
    public static async Task<bool> LockUsedAsync(FactsContext database, string[] parties, string[] items, CancellationToken cancel)
    {
        var there = await database.Database.SqlQuery<long>(
            $"""
            select
                (select count(*) from (select from parties where code = any ({parties}) order by code for key share) held)
                + (select count(*) from (select from items where code = any ({items}) order by code for key share) held) as "Value"
            """).SingleAsync(cancel);
        return there == parties.Length + items.Length;
    }
}
