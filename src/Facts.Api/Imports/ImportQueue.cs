using System.Collections.Concurrent;

namespace Facts.Api.Imports;

/// <summary>Between those who ask for large loads and the worker that carries them out. What is to be done stands in the store; here is only who waits for what.</summary>
internal sealed class ImportQueue : IDisposable
{
    /// <summary>Most loads that wait, each with a file in the spool.</summary>
    public const int MaxQueued = 50;

    readonly SemaphoreSlim _news = new(0);
    readonly ConcurrentDictionary<long, CancellationTokenSource> _running = new();

    /// <summary>There is something to do.</summary>
    public void Announce() => _news.Release();

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancel) => _news.WaitAsync(atMost, cancel);

    /// <summary>Stops a load, where it runs here.</summary>
    public void Cancel(long import)
    {
        if (_running.TryGetValue(import, out var running)) running.Cancel();
    }

    /// <summary>Lets a load be stopped while <paramref name="work"/> is under way.</summary>
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

    public void Dispose() => _news.Dispose();
}
