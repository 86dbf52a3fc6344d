namespace Facts.Api.Database;

/// <summary>Starts a write again after it lost to another writer: see <c>Database/Locks/README.md</c>.</summary>
internal static class WriteRetry
{
    /// <summary>
    /// Runs a write, from its beginning as often as needed. Example: two writers add the same party at the same moment. The second one fails on the unique
    /// name, starts again and finds the party.
    /// </summary>
    /// <param name="database">The context of the write.</param>
    /// <param name="write">Stores nothing where it fails.</param>
    /// <param name="cancel">Ends the write and the wait.</param>
    public static async Task<T> RunAsync<T>(FactsContext database, Func<Task<T>> write, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                return await write();
            }
            catch (LockHeldException held)
            {
                // Any number of times: the lock timeout ends a wait that takes too long.
                database.ChangeTracker.Clear();
                await using var waiting = await WriteTransaction.BeginAsync(database, cancel);
                await database.WaitAsync(held.GetType().Name, () => held.WaitAsync(database, cancel), cancel);
            }
            catch (Exception conflict) when (attempt < WriteConflictException.MaxAttempts && WriteConflictException.IsCauseOf(conflict))
            {
                database.ChangeTracker.Clear();
            }
    }
}
