using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Imports;

/// <summary>
/// The right of one process to run an import, for some seconds at a time. A process that dies does not renew it, and another process on the store takes the
/// import over. It is a column and no lock of a session, so it also holds where a pooler gives each transaction another session.
/// </summary>
internal static class ImportLease
{
    /// <summary>The longest time between the death of a process and the takeover of its import.</summary>
    static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    /// <summary>Begins the name of a transaction in the views of PostgreSQL. The holder follows.</summary>
    const string NamePrefix = "facts import ";

    /// <summary>Time between two renewals: one that is late by some seconds loses nothing.</summary>
    public static readonly TimeSpan RenewInterval = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Takes the oldest import that waits, or whose process has died. It is running from then on. A process that is frozen, and not dead, may still have a
    /// transaction open with the locks of the import. The database ends it.
    /// </summary>
    /// <param name="database">The store.</param>
    /// <param name="holder">Names this process.</param>
    /// <param name="cancel">Ends the statement.</param>
    /// <returns>The import, whose start is counted; null where none waits.</returns>
    public static async Task<ImportRow?> TakeAsync(FactsContext database, Guid holder, CancellationToken cancel) =>
        (await database.Set<ImportRow>().FromSql(
            $"""
            with next as (
                select id, holder from imports where finished_at is null and (held_until is null or held_until < now())
                order by id limit 1 for update skip locked
            ),
            ended as (
                select pg_terminate_backend(pid) from pg_stat_activity join next on application_name = {NamePrefix} || holder
                where datname = current_database() and usename = current_user
            )
            update imports set holder = {holder}, held_until = now() + {Duration}, attempts = attempts + 1, started_at = coalesce(started_at, now()),
                state = {EnumWords.ToWord(ImportState.Running)}, rows_read = 0, percent = 0
            from next
            where imports.id = next.id and (select count(*) from ended) >= 0
            returning imports.*
            """).AsNoTracking().ToListAsync(cancel)).SingleOrDefault();

    /// <summary>Names the open transaction after the holder, so that a process that takes the import over can have it ended.</summary>
    public static Task NameTransactionAsync(FactsContext database, ImportRow import, CancellationToken cancel) =>
        database.Database.ExecuteSqlAsync($"select set_config('application_name', {NamePrefix + import.Holder}, true)", cancel);

    /// <summary>Prolongs the right.</summary>
    /// <returns>False where the import is to stop: a caller has cancelled it, it has ended, or another process has taken it over.</returns>
    public static async Task<bool> RenewAsync(FactsContext database, ImportRow import, CancellationToken cancel) =>
        await database.Database.ExecuteSqlAsync(
            $"update imports set held_until = now() + {Duration} where id = {import.Id} and holder = {import.Holder} and not is_cancelled", cancel) > 0;

    /// <summary>Gives an import back, for any process to take. This start does not count.</summary>
    public static Task ReturnAsync(FactsContext database, ImportRow import) => ReleaseAsync(database, import, uncounted: 1);

    /// <summary>Gives an import back, for any process to take.</summary>
    /// <param name="database">The store.</param>
    /// <param name="import">The import, if this process still holds it.</param>
    /// <param name="uncounted">Starts that do not count.</param>
    public static Task ReleaseAsync(FactsContext database, ImportRow import, int uncounted = 0) => database.Database.ExecuteSqlAsync(
        $"""
        update imports set holder = null, held_until = null, attempts = attempts - {uncounted}, state = {EnumWords.ToWord(ImportState.Queued)}
        where id = {import.Id} and holder = {import.Holder}
        """, CancellationToken.None);

    /// <summary>Locks the import's row until the transaction ends. A cancellation and a takeover then come before or after it, and not meanwhile.</summary>
    /// <returns>Not held where another process has taken the import over, or where it has ended; and whether a caller has cancelled it.</returns>
    public static async Task<(bool IsHeld, bool IsCancelled)> LockAsync(FactsContext database, ImportRow import, CancellationToken cancel)
    {
        var row = await database.Set<ImportRow>().FromSql($"select * from imports where id = {import.Id} for update").AsNoTracking().SingleAsync(cancel);
        return (row.Holder == import.Holder && row.FinishedAt is null, row.IsCancelled);
    }
}
