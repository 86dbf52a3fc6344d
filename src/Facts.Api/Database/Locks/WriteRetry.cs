namespace Facts.Api.Database;

/// <summary>What a write does where others were there first.</summary>
internal static class WriteRetry
{
    /// <summary>
    /// Carries a write out, from its beginning as often as need be: two writers may bring the same party, article or claim at the same moment, and the one that comes second
    /// finds it there when it starts again.
    /// </summary>
    /// <param name="database">The write's.</param>
    /// <param name="write">Leaves nothing behind where it fails.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<T> RunAsync<T>(FactsContext database, Func<Task<T>> write, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                return await write();
            }
            catch (LockHeldException taken)
            {
                // However often: it waits for as long as others have the turn, and gives up where that is too long.
                database.ChangeTracker.Clear();
                await using var waiting = await WriteTransaction.BeginAsync(database, cancel);
                await taken.WaitAsync(database, cancel);
            }
            catch (Exception lost) when (attempt < WriteConflictException.MaxAttempts && WriteConflictException.IsCauseOf(lost))
            {
                database.ChangeTracker.Clear();
            }
    }
}
