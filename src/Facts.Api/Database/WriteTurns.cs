namespace Facts.Api.Database;

/// <summary>
/// The writes that run at once. More of them than this only take processors and locks from each other, so that all together are slower. A write waits for its
/// turn before it takes a connection, when it holds nothing that others wait for.
/// </summary>
internal sealed class WriteTurns(int most)
{
    /// <summary>The longest wait. A few large writes may take long, and small ones then go on beside them.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    readonly Lock _lock = new();
    readonly Queue<TaskCompletionSource> _waiting = new();
    int _running;

    /// <summary>Begins a turn.</summary>
    public async Task BeginAsync(CancellationToken cancel)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_running < most)
            {
                _running++;
                return;
            }
            _waiting.Enqueue(turn);
        }
        try
        {
            await turn.Task.WaitAsync(Patience, cancel);
        }
        catch (TimeoutException)
        {
            if (turn.TrySetCanceled(CancellationToken.None)) GoOn();
        }
        catch (OperationCanceledException)
        {
            if (!turn.TrySetCanceled(CancellationToken.None)) End();
            throw;
        }
    }

    /// <summary>Ends a turn, or interrupts it while the write waits for a lock.</summary>
    public void End()
    {
        lock (_lock)
        {
            _running--;
            while (_running < most && _waiting.TryDequeue(out var next))
                if (next.TrySetResult()) _running++;
        }
    }

    /// <summary>Goes on with a turn that was interrupted, at once: the write has locks that others wait for.</summary>
    public void GoOn()
    {
        lock (_lock) _running++;
    }
}
