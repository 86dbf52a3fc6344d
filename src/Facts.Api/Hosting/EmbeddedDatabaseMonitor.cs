using Facts.EmbeddedPostgres;

namespace Facts.Api.Hosting;

/// <summary>Restarts the embedded PostgreSQL if it dies while the service runs. Until then the service answers 503.</summary>
internal sealed class EmbeddedDatabaseMonitor(EmbeddedServer server, ILogger<EmbeddedDatabaseMonitor> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            try
            {
                await server.EnsureRunningAsync(cancel);
            }
            catch (EmbeddedServerException failure)
            {
                log.LogError("The embedded PostgreSQL has died and cannot be started: {Reason}", failure.Message);
            }
        }
    }
}
