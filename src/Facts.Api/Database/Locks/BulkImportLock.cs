using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Database;

/// <summary>
/// The turn of long loads, of which one runs at a time, and what it is to those who bring parties, items or articles meanwhile. A long load makes names chunk by chunk: who waits
/// for one of them while he holds others that it may come to would wait in a circle with it.
/// </summary>
internal static class BulkImportLock
{
    /// <summary>"loads", among advisory locks.</summary>
    const long Loads = 0x6C6F616473;

    /// <summary>For a long load: waits until no other long load runs, here or in another process. Nobody waits for its answer, so it waits as long as it takes.</summary>
    public static async Task BeginAsync(FactsContext database, CancellationToken cancel)
    {
        await WriteTransaction.SetLockTimeoutAsync(database, "0", cancel);
        await database.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Loads})", cancel);
    }

    /// <summary>For all others: stores what has names that may be new. No long load begins until the transaction ends; where one runs, it is not waited for while names are held.</summary>
    /// <param name="database">Its transaction is open.</param>
    /// <param name="store">Stores it.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="NameLockedException">A long load has made something of the same name.</exception>
    public static async Task NameAsync(FactsContext database, Func<Task> store, CancellationToken cancel)
    {
        if (await database.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock_shared({Loads}) as \"Value\"").SingleAsync(cancel)) await store();
        else if (!await WriteTransaction.TryLockOutOfOrderAsync(database, store, cancel)) throw new NameLockedException();
    }

    /// <summary>Waits until no long load runs.</summary>
    public static Task WaitAsync(FactsContext database, CancellationToken cancel) =>
        database.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock_shared({Loads})", cancel);
}
