using Facts.Api.Http;
using Npgsql;

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

/// <summary>Somebody else, a long load as a rule, has a turn that a write wants: it lets go of all and begins anew once that has ended.</summary>
internal abstract class LockHeldException(string message) : Exception(message)
{
    /// <summary>Waits for the turn, holding nothing else.</summary>
    public abstract Task WaitAsync(FactsContext database, CancellationToken cancel);
}

/// <summary>Another writer was there first: what was read is not so any more, and the write starts again.</summary>
internal sealed class WriteConflictException() : ProblemException(Problems.Busy.Because("another writer was there first; try again").With("Retry-After", "1"))
{
    /// <summary>How often a write starts again where another was there first. More in a row than this means that something else is wrong.</summary>
    public const int MaxAttempts = 5;

    /// <summary>Whether a write failed because of another one, and may succeed when it starts again.</summary>
    public static bool IsCauseOf(Exception failure) => failure is WriteConflictException
        || Sql.StateOf(failure) is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;
}
