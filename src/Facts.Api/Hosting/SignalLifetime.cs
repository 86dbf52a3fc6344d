using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Facts.Api.Hosting;

/// <summary>
/// Stops the service by signals. Ctrl-C (SIGINT, SIGQUIT) stops it within <see cref="Quick"/>. SIGTERM, which container engines and service managers send,
/// first turns <c>/readyz</c> to 503 while requests are still answered, so that a load balancer looks elsewhere. Then no connection is accepted, and the
/// requests under way have the rest of <see cref="Settings.DrainTime"/> to end. A second signal stops it at once.
/// </summary>
internal sealed class SignalLifetime(IHostApplicationLifetime life, Readiness readiness, Settings settings, IOptions<HostOptions> host)
    : IHostLifetime, IDisposable
{
    /// <summary>Time for requests under way on Ctrl-C. The embedded database stops afterwards; both together take 2 s at most.</summary>
    static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);

    /// <summary>Load balancers look every few seconds.</summary>
    static readonly TimeSpan MostAnnouncement = TimeSpan.FromSeconds(5);

    readonly List<PosixSignalRegistration> _signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals.AddRange([Listen(PosixSignal.SIGINT, Stop), Listen(PosixSignal.SIGQUIT, Stop), Listen(PosixSignal.SIGTERM, Drain)]);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    static PosixSignalRegistration Listen(PosixSignal signal, Action act) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        act();
    });

    void Stop()
    {
        host.Value.ShutdownTimeout = Quick;
        life.StopApplication();
    }

    void Drain()
    {
        if (readiness.IsStopping || settings.DrainTime <= Quick)
        {
            Stop();
            return;
        }
        readiness.IsStopping = true;
        var announcement = settings.DrainTime / 3 < MostAnnouncement ? settings.DrainTime / 3 : MostAnnouncement;
        host.Value.ShutdownTimeout = settings.DrainTime - announcement;
        _ = Task.Delay(announcement).ContinueWith(_ => life.StopApplication(), TaskScheduler.Default);
    }

    public void Dispose() => _signals.ForEach(signal => signal.Dispose());
}
