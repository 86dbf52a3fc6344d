using Facts.EmbeddedPostgres;

namespace Facts.Api.Hosting;

/// <summary>Starts the embedded PostgreSQL again where it dies under the service: requests are answered with 503 until it is back.</summary>
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
            catch (EmbeddedServerException refusal)
            {
                log.LogError("The embedded PostgreSQL has died and cannot be started: {Reason}", refusal.Message);
            }
        }
    }
}
