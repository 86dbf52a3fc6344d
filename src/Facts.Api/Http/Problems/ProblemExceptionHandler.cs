using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using Facts.Api.Database;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Http;

/// <summary>The one exception handler: an exception becomes a problem, without its text, its SQL or its stack.</summary>
internal sealed partial class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> log) : IExceptionHandler
{
    // Long enough for a restart of the store, and short enough that a caller does not wait much longer than needed.
    const string RetrySeconds = "5";

    // The caller has closed the connection. Nobody reads the answer, but logs and proxies know this status.
    const int ClientClosedRequest = 499;

    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancel)
    {
        if (exception is OperationCanceledException && http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = ClientClosedRequest;
            return true;
        }
        var problem = Problem(exception);
        if (problem.Kind.Status >= 500) Log(log, problem, exception, http);
        try
        {
            await ProblemPage.AnswerAsync(http, problem);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // A client that sent half a body has gone, so nobody reads an answer.
        }
        return true;
    }

    /// <summary>Breaks the connection of an answer that has begun and cannot be finished. The client then knows that the answer is incomplete.</summary>
    public static void Break(HttpContext http, Exception exception)
    {
        if (!http.RequestAborted.IsCancellationRequested)
            Log(http.RequestServices.GetRequiredService<ILogger<ProblemExceptionHandler>>(), Problem(exception), exception, http);
        http.Abort();
    }

    /// <summary>The problem that an exception is answered with.</summary>
    public static Problem Problem(Exception exception) => exception switch
    {
        ProblemException e => e.Problem,
        BadHttpRequestException { InnerException: JsonException e } => JsonBody.Malformed(e, []),
        BadHttpRequestException e => FromStatus(e.StatusCode),
        JsonException e => JsonBody.Malformed(e, []),
        TooManyUsesException e => TooManyRunning(e.Use),
        OtherBuildException => OtherBuild,
        DiskReserveException => Full,
        WriteConflictException => Problems.Busy.Because("another writer was there first; try again").With("Retry-After", "1"),
        DbUpdateConcurrencyException => Problems.PreconditionFailed.Because("it was changed at the same moment; read it again"),
        _ => Inner<PostgresException>(exception) is { } postgres ? FromSqlState(postgres)
            : Inner<NpgsqlException>(exception) is { } npgsql ? FromConnectionFailure(npgsql)
            : Inner<IOException>(exception) is { } io && IsDiskFull(io) ? Full
            : Inner<UnauthorizedAccessException>(exception) is not null || Inner<IOException>(exception) is { HResult: ReadOnlyDisk } ? NoDataDirectory
            : Inner<SocketException>(exception) is not null || Inner<TimeoutException>(exception) is not null ? Unavailable
            : Problems.InternalError.Because("this is a fault of the service; the trace_id finds it in the log"),
    };

    static Problem Unavailable => UnavailableBecause("the store cannot be reached just now; try again");

    static Problem Full => Problems.StorageFull.Because("there is no room to store this; reading goes on");

    // The number of Linux and macOS.
    const int ReadOnlyDisk = 30;

    static Problem NoDataDirectory => UnavailableBecause(
        "the service may not write to its data directory, which holds large files while they are received; its operator sets Facts__DataDirectory");

    /// <summary>The problem of a question that took longer than it may.</summary>
    public static Problem TimedOut =>
        Problems.QueryTimeout.Because("the query took longer than it may; narrow it, or ask for fewer rows").With("Retry-After", RetrySeconds);

    static Problem OtherBuild => Problems.OtherBuild.Because("another build of Facts has taken over the store, so this one writes nothing more; "
        + "send it to a service of that build").With("Retry-After", RetrySeconds);

    static Problem NoConnection =>
        Problems.NoConnection.Because("all connections to the store are in use just now; try again").With("Retry-After", RetrySeconds);

    static Problem TooManyRunning(LongUse use) => Problems.TooManyRunning.Because((use switch
    {
        LongUse.Export => "as many files are sent as may be at once, to all callers or to this one",
        LongUse.Computation => "as many questions that stored rows do not answer are computed as may be at once, for all callers or for this one",
        LongUse.Stream => "as many event streams are open as may be at once, to all callers or to this one",
        LongUse.Write => "as many writes run as may at once, and nothing was written",
        _ => "many writes wait for the same place already, and nothing was written",
    }) + "; try again").With("Retry-After", use is LongUse.Write or LongUse.Wait ? "1" : RetrySeconds);

    // The driver has no other sign of an exhausted pool than its words. A database that is silent is a timeout too.
    static Problem FromConnectionFailure(NpgsqlException e) =>
        e.Message.Contains("pool has been exhausted", StringComparison.Ordinal) ? NoConnection : Unavailable;

    // idle_in_transaction_session_timeout, which the driver has no name for.
    const string IdleInTransaction = "25P03";

    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    static Problem FromSqlState(PostgresException e) => e.SqlState switch
    {
        PostgresErrorCodes.QueryCanceled => TimedOut,
        PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation =>
            Problems.Conflict.Because("something with the same identity is there already"),
        PostgresErrorCodes.ForeignKeyViolation => Problems.InUse.Because("something refers to it, or it refers to what is not there"),
        PostgresErrorCodes.DiskFull => Full,
        PostgresErrorCodes.TooManyConnections => NoConnection,
        PostgresErrorCodes.LockNotAvailable => Problems.Busy.Because(
            "another write, usually a long import, holds a lock that this one needs, and this one has waited as long as it may; nothing was written, try again")
            .With("Retry-After", RetrySeconds),
        PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.CharacterNotInRepertoire =>
            Problems.InvalidText.Because("a text holds a character that cannot be stored"),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn => UnavailableBecause(
            "the store lacks what this build of the service needs; its operator runs the verb migrate"),
        PostgresErrorCodes.InsufficientPrivilege => UnavailableBecause("the store refuses what the service's account must do"),
        PostgresErrorCodes.InvalidCatalogName => UnavailableBecause("the database does not exist on its server"),
        PostgresErrorCodes.ReadOnlySqlTransaction => Unavailable,
        IdleInTransaction => UnavailableBecause(
            "the service was too slow within a transaction, and the store has ended it; nothing was written, try again"),
        // A backend that cannot write its first file says so with a general code.
        ['X', 'X', ..] or ['5', '8', ..] when e.MessageText.Contains("could not write", StringComparison.OrdinalIgnoreCase)
            || e.MessageText.Contains("No space left", StringComparison.OrdinalIgnoreCase) => Full,
        ['X', 'X', ..] => UnavailableBecause("the store reports a fault of its own; its log says more"),
        ['2', '8', ..] => UnavailableBecause("the store refuses the service's login"),
        ['4', '0', ..] or ['5', '5', ..] => Problems.Busy.Because("another writer was there first; try again").With("Retry-After", "1"),
        ['0', '8', ..] or ['5', '3', ..] or ['5', '7', ..] or ['5', '8', ..] or ['F', '0', ..] => Unavailable,
        _ when e.IsTransient => Unavailable,
        // The rest are statements that the service should not have sent.
        _ => Problems.InternalError.Because("this is a fault of the service; the trace_id finds it in the log"),
    };

    static Problem UnavailableBecause(string reason) => Problems.Unavailable.Because(reason).With("Retry-After", RetrySeconds);

    static Problem FromStatus(int status)
    {
        var kind = Problems.ForStatus(status);
        return kind.Because(kind.Title.ToLowerInvariant());
    }

    static bool IsDiskFull(IOException e) => (e.HResult & 0xFFFF) is 28 or 112;

    static T? Inner<T>(Exception? exception) where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
            if (exception is T found) return found;
        return null;
    }

    /// <summary>
    /// Logs the type and the place of an exception. Its text may hold SQL, a path or input of a caller, so the whole exception is logged only at Debug.
    /// </summary>
    static void Log(ILogger log, Problem problem, Exception exception, HttpContext http)
    {
        var thrown = exception.GetBaseException();
        var frame = new StackTrace(thrown).GetFrames().Select(f => f.GetMethod()?.DeclaringType?.FullName)
            .FirstOrDefault(n => n?.StartsWith("Facts", StringComparison.Ordinal) == true);
        var trace = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        Failed(log, problem.Kind.Status, problem.Kind.Code, thrown.GetType().Name, (thrown as PostgresException)?.SqlState, frame, trace);
        Whole(log, exception);
    }

    [LoggerMessage(LogLevel.Error, "{Status} {Code}: {Exception} {SqlState} in {Type}, trace {TraceId}")]
    static partial void Failed(ILogger log, int status, string code, string exception, string? sqlState, string? type, string traceId);

    [LoggerMessage(LogLevel.Debug, "The exception")]
    static partial void Whole(ILogger log, Exception exception);
}
