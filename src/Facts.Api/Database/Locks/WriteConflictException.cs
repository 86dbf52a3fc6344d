using Npgsql;

namespace Facts.Api.Database;

/// <summary>
/// Another writer changed what this write had read, or holds a lock that this write needs out of order. <see cref="WriteRetry"/> starts the write again.
/// A caller sees it as <c>busy</c>, after <see cref="MaxAttempts"/> attempts.
/// </summary>
internal sealed class WriteConflictException() : Exception("Another writer was there first.")
{
    /// <summary>Attempts of one write. More conflicts in a row mean that something else is wrong.</summary>
    public const int MaxAttempts = 5;

    /// <summary>True where a write failed because of another write, and may succeed when it starts again.</summary>
    public static bool IsCauseOf(Exception failure) => failure is WriteConflictException
        || Sql.StateOf(failure) is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;
}
