using Facts.Api.Http;
using Npgsql;

namespace Facts.Api.Database;

/// <summary>Another writer was there first: what was read is not so any more, and the write starts again.</summary>
internal sealed class WriteConflictException() : ProblemException(Problems.Busy.Because("another writer was there first; try again").With("Retry-After", "1"))
{
    /// <summary>How often a write starts again where another was there first. More in a row than this means that something else is wrong.</summary>
    public const int MaxAttempts = 5;

    /// <summary>Whether a write failed because of another one, and may succeed when it starts again.</summary>
    public static bool IsCauseOf(Exception failure) => failure is WriteConflictException
        || Sql.StateOf(failure) is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;
}
