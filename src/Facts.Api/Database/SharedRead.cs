namespace Facts.Api.Database;

/// <summary>
/// A read that its callers share. Each caller gets what was read after its call. A caller that comes while a read is under way waits for the next read,
/// with all others that come meanwhile: eight callers at once cost two reads.
/// </summary>
/// <param name="read">Reads once.</param>
/// <param name="clock">Measures <paramref name="patience"/>.</param>
/// <param name="patience">A read that takes longer may hang on a dead connection. It is not waited for: the next read begins beside it.</param>
internal sealed class SharedRead<T>(Func<Task<T>> read, TimeProvider clock, TimeSpan patience)
{
    readonly Lock _lock = new();
    Task<T>? _running;
    long _begunAt;
    TaskCompletionSource<T>? _next;

    public Task<T> ReadAsync()
    {
        lock (_lock)
        {
            if (_next is { } next) return next.Task;
            if (_running is null or { IsCompleted: true } || clock.GetElapsedTime(_begunAt) >= patience) return Begin();
            // Each waiting caller goes on by itself, and not one after another on the thread that read.
            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _ = BeginNextAsync(_running, _next);
            return _next.Task;
        }
    }

    Task<T> Begin()
    {
        _begunAt = clock.GetTimestamp();
        return _running = read();
    }

    async Task BeginNextAsync(Task before, TaskCompletionSource<T> next)
    {
        // Yields in any case, because the caller holds the lock. A failure belongs to those who wait for that read.
        await before.WaitAsync(patience, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        try
        {
            Task<T> reading;
            lock (_lock)
            {
                _next = null;
                reading = Begin();
            }
            next.SetResult(await reading);
        }
        catch (Exception failure)
        {
            next.SetException(failure);
        }
    }
}
