using System.Net.Sockets;
using Facts.EmbeddedPostgres;
using Microsoft.AspNetCore.Connections;
using Npgsql;

namespace Facts.Api.Hosting;

/// <summary>The service cannot start, for a reason that whoever starts it can mend. The message says which.</summary>
internal sealed class StartException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>One line for stderr about why the service did not start; null for a mistake of ours, which shows its stack.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        StartException or EmbeddedServerException => exception.Message,
        IOException { InnerException: AddressInUseException } => Addresses(exception.Message),
        SocketException { SocketErrorCode: SocketError.AccessDenied or SocketError.AddressNotAvailable } => Addresses(exception.Message + "."),
        // Its classes for logins, databases, rights, resources and a server that is starting or stopping; anything else is a mistake in our SQL.
        PostgresException { SqlState: ['2', '8', ..] or ['3', 'D', ..] or "42501" or ['5', '3', ..] or ['5', '7', ..] } refused =>
            $"The database refuses: {refused.MessageText} ({refused.SqlState}).",
        PostgresException => null,
        NpgsqlException unreachable => $"The database cannot be reached: {unreachable.InnerException?.Message ?? unreachable.Message}",
        OperationCanceledException => "Stopped before it had started.",
        _ => null,
    };

    static string Addresses(string message) => $"{message} Choose another address: --urls http://localhost:5081";
}
