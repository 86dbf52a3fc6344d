using System.Collections.Concurrent;

namespace Facts.Api.Imports;

/// <summary>
/// Signals between requests and the worker that runs queued imports. The queue itself is the table of imports; this holds only what is in memory of this
/// process.
/// </summary>
internal sealed class ImportQueue : IDisposable
{
    /// <summary>Imports that wait or run at most, each with its file in the store.</summary>
    public const int MaxQueued = 50;

    readonly SemaphoreSlim _announced = new(0);
    readonly ConcurrentDictionary<long, CancellationTokenSource> _running = new();

    /// <summary>Wakes the worker.</summary>
    public void Announce() => _announced.Release();

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancel) => _announced.WaitAsync(atMost, cancel);

    /// <summary>Stops an import, if it runs in this process.</summary>
    public void Cancel(long import)
    {
        if (_running.TryGetValue(import, out var running)) running.Cancel();
    }

    /// <summary>Runs an import, which <see cref="Cancel"/> can stop.</summary>
    public async Task RunAsync(long import, Func<CancellationToken, Task> work, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _running[import] = either;
        try
        {
            await work(either.Token);
        }
        finally
        {
            _running.TryRemove(import, out _);
        }
    }

    public void Dispose() => _announced.Dispose();
}
