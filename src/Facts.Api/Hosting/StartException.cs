using System.Net.Sockets;
using Facts.EmbeddedPostgres;
using Microsoft.AspNetCore.Connections;
using Npgsql;

namespace Facts.Api.Hosting;

/// <summary>The service cannot start, for a reason that the operator can remove. The message names the reason.</summary>
internal sealed class StartException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Returns one line for stderr about a failed start; null for a programming error, which shows its stack instead.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        StartException or EmbeddedServerException => exception.Message,
        IOException { InnerException: AddressInUseException } => AddressProblem(exception.Message),
        SocketException { SocketErrorCode: SocketError.AccessDenied or SocketError.AddressNotAvailable } => AddressProblem(exception.Message + "."),
        // PostgreSQL's error classes for logins, databases, rights, resources, and a server that starts or stops. All others are errors in our SQL.
        PostgresException
        {
            SqlState: ['2', '8', ..] or ['3', 'D', ..] or PostgresErrorCodes.InsufficientPrivilege or ['5', '3', ..] or ['5', '7', ..]
        } refusal =>
            $"The database refuses: {refusal.MessageText} ({refusal.SqlState}).",
        PostgresException { SqlState: PostgresErrorCodes.ProtocolViolation } refusal =>
            $"The database refuses: {refusal.MessageText}. If a pooler stands before it, set Facts__Pooler=true.",
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn } missing =>
            $"The database lacks what this build needs: {missing.MessageText}. Apply the migrations: dotnet run --project src/Facts.Api -- migrate",
        PostgresException => null,
        NpgsqlException unreachable => $"The database cannot be reached: {unreachable.InnerException?.Message ?? unreachable.Message}",
        TimeoutException => "The database does not answer.",
        OperationCanceledException => "Stopped before it had started.",
        _ => null,
    };

    static string AddressProblem(string message) => $"{message} Choose another address: --urls http://localhost:5081";
}
