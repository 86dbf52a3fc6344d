using System.Net.Sockets;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Hosting;

/// <summary>The probes of a load balancer: <c>/livez</c> for the process, <c>/readyz</c> for the database.</summary>
internal static class Health
{
    // A load balancer usually waits a few seconds. A later answer counts as a failure.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/livez", Live).WithTags("health").WithName("getLiveness").WithSummary("Check that the process lives");
        routes.MapGet("/readyz", ReadyAsync).WithTags("health").WithName("getReadiness").WithSummary("Check that requests can be answered");
    }

    static IResult Live() => Results.Ok(new HealthResponse("alive"));

    /// <summary>Answers 200 if the database answers and has all migrations of this build; else 503 with the reason.</summary>
    static async Task<IResult> ReadyAsync(WriteContext database, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            if (await StoreBuild.ProblemAsync(database, limit.Token) is { } otherBuild) return NotReady(otherBuild);
            var pending = (await database.Database.GetPendingMigrationsAsync(limit.Token)).ToList();
            return pending.Count == 0
                ? Results.Ok(new HealthResponse("ready"))
                : NotReady(
                    $"The database lacks {pending.Count} migration(s), the first of them {pending[0]}. "
                    + "Apply them: dotnet run --project src/Facts.Api -- migrate");
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested && Reason(failure) is not null)
        {
            return NotReady(Reason(failure)!);
        }
    }

    static string? Reason(Exception failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => "The database does not exist on its server.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            "The database refuses the service's login.",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => "The database has no free connection.",
        PostgresException { IsTransient: false } => null,
        NpgsqlException or SocketException or TimeoutException or OperationCanceledException => "The database cannot be reached.",
        { InnerException: { } inner } => Reason(inner),
        _ => null,
    };

    static Problem NotReady(string reason) => Problems.Unavailable.Because(reason).With("Retry-After", "2");
}
