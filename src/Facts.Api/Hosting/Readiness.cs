using System.Net.Sockets;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Hosting;

/// <summary>
/// Tells whether requests can be answered. Probes that come while one look at the database lasts share it, so that a silent database gathers no waiting looks.
/// </summary>
internal sealed class Readiness(ProbeSource source)
{
    /// <summary>True once the service has been told to stop: it answers what is under way, and wants no more.</summary>
    public bool IsStopping { get; set; }

    readonly Lock _lock = new();
    Task<string?>? _look;

    /// <summary>The reason why requests cannot be answered; null where they can. Takes <see cref="ProbeSource.Patience"/> at most.</summary>
    public async Task<string?> ReasonAsync(CancellationToken cancel)
    {
        if (IsStopping) return "The service is stopping.";
        Task<string?> look;
        lock (_lock) look = _look is { IsCompleted: false } running ? running : _look = Task.Run(LookAsync, CancellationToken.None);
        try
        {
            return await look.WaitAsync(ProbeSource.Patience, cancel);
        }
        catch (TimeoutException)
        {
            return NotReached;
        }
    }

    const string NotReached = "The database cannot be reached.";

    async Task<string?> LookAsync()
    {
        try
        {
            await using var database = source.Open();
            if (await StoreBuild.ProblemAsync(database, CancellationToken.None) is { } otherBuild) return otherBuild;
            var pending = (await database.Database.GetPendingMigrationsAsync()).ToList();
            return pending.Count == 0 ? null
                : $"The database lacks {pending.Count} migration(s), the first of them {pending[0]}. "
                    + "Apply them: dotnet run --project src/Facts.Api -- migrate";
        }
        catch (Exception failure) when (Reason(failure) is not null)
        {
            return Reason(failure);
        }
    }

    static string? Reason(Exception failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => "The database does not exist on its server.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            "The database refuses the service's login.",
        PostgresException { SqlState: PostgresErrorCodes.ProtocolViolation } =>
            "The database refuses the connection. If a pooler stands before it, set Facts__Pooler.",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => "The database has no free connection.",
        PostgresException refusal when ProblemExceptionHandler.Problem(refusal).Kind == Problems.StorageFull => "The disk of the database is full.",
        NpgsqlException or SocketException or TimeoutException or OperationCanceledException => NotReached,
        { InnerException: { } inner } => Reason(inner),
        _ => null,
    };
}
