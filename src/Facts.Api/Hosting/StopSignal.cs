using System.Runtime.InteropServices;

namespace Facts.Api.Hosting;

/// <summary>Ctrl-C and SIGTERM while there is no host yet that would hear them.</summary>
internal sealed class StopSignal : IDisposable
{
    readonly CancellationTokenSource _stop = new();
    readonly PosixSignalRegistration[] _signals;

    public StopSignal() => _signals = [Hear(PosixSignal.SIGINT), Hear(PosixSignal.SIGTERM)];

    public CancellationToken Token => _stop.Token;

    PosixSignalRegistration Hear(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        _stop.Cancel();
    });

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _stop.Dispose();
    }
}
