using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Database;

/// <summary>
/// The advisory lock of bulk imports, of which one runs at a time: step 1 of the lock order (<c>Database/Locks/README.md</c>). A bulk import stores new names
/// batch by batch. A writer that waited for one name while it held another could deadlock with it, so other writers never do.
/// </summary>
internal static class BulkImportLock
{
    /// <summary>The letters "loads" as the key of an advisory lock.</summary>
    const long Key = 0x6C6F616473;

    /// <summary>
    /// Waits until no other bulk import runs, in this process or another. The wait has no limit, since no caller waits for the answer of a bulk import.
    /// </summary>
    public static async Task BeginAsync(FactsContext database, CancellationToken cancel)
    {
        // It may compute for minutes between two statements. Each statement is planned anew, since tables that were empty may have grown by a million rows.
        await database.Database.ExecuteSqlAsync(
            $"""
            select set_config('lock_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '10min', true),
                set_config('plan_cache_mode', 'force_custom_plan', true)
            """, cancel);
        await database.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Key})", cancel);
    }

    /// <summary>
    /// Stores parties, items or articles whose names may be new, for any writer but a bulk import. Without a bulk import, none begins until the transaction
    /// ends. While a bulk import runs, the writer waits for a name for half a second at most.
    /// </summary>
    /// <param name="database">Its transaction is open.</param>
    /// <param name="store">Stores them.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="NameLockedException">A bulk import that has not committed has stored the same name.</exception>
    public static Task NameAsync(FactsContext database, Func<Task> store, CancellationToken cancel) =>
        NameAsync(database, new RoundTrip(database), store, cancel);

    /// <summary>Stores names as the overload without a round trip does, which it takes for the lock.</summary>
    /// <param name="database">Its transaction is open.</param>
    /// <param name="trip">Statements that are sent before the names are stored. It may have statements of <paramref name="store"/> afterwards.</param>
    /// <param name="store">Stores them.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="NameLockedException">A bulk import that has not committed has stored the same name.</exception>
    public static async Task NameAsync(FactsContext database, RoundTrip trip, Func<Task> store, CancellationToken cancel)
    {
        var isFree = trip.Ask($"select pg_try_advisory_xact_lock_shared({Key})", r => r.GetBoolean(0));
        await trip.SendAsync(cancel);
        if (isFree[0]) await store();
        else if (!await WriteTransaction.TryLockOutOfOrderAsync(database, StoreNowAsync, cancel)) throw new NameLockedException();

        async Task StoreNowAsync()
        {
            await store();
            await trip.SendAsync(cancel);
        }
    }

    /// <summary>Waits until no bulk import runs, and lets none begin until the transaction ends. A wait of more than 25 seconds fails as <c>busy</c>.</summary>
    public static Task ExcludeAsync(FactsContext database, CancellationToken cancel) =>
        database.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Key})", cancel);

    /// <summary>Waits until no bulk import runs.</summary>
    public static Task WaitAsync(FactsContext database, CancellationToken cancel) =>
        database.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock_shared({Key})", cancel);
}
