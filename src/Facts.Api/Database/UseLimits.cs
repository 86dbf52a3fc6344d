using System.Threading.RateLimiting;

namespace Facts.Api.Database;

/// <summary>
/// Bounds on the requests that use the store for long. Each bound is well below the number of connections, so some are always free for short reads and
/// writes. A request beyond a bound is refused at once, or after a short time in a queue. One caller has half of a bound at most.
/// </summary>
internal sealed class UseLimits : IDisposable
{
    /// <summary>The longest time in a queue.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    const int MaxStreams = 400, MaxQueuedWrites = 250, MaxQueuedFiles = 2;

    // A place lets one writer through at a time, so more of them would only wait longer, and hold connections that writers of other places need.
    const int MaxWaiting = 20;

    // A write uses the processors of the service and of the database by turns, and waits for the disk in between.
    const int TurnsOfProcessor = 4;

    readonly Dictionary<LongUse, PartitionedRateLimiter<string>> _limits;
    readonly IHttpContextAccessor _http;
    readonly WriteTurns _turns = new(TurnsOfProcessor * Environment.ProcessorCount);

    /// <param name="shares">The connections of this process.</param>
    /// <param name="http">The request. Work without a request, such as a queued import, has no bound.</param>
    public UseLimits(ConnectionShares shares, IHttpContextAccessor http)
    {
        _http = http;
        // Half of the reads. A question that waits has a snapshot, and so a connection.
        var computations = Part(shares.Reads, 2);
        // The other processors are left to short questions and to writes.
        var computing = Math.Min(computations, Math.Max(1, Environment.ProcessorCount / 2));
        _limits = new()
        {
            // A caller who asks for one file after the other may be a moment ahead of the end of the last one.
            [LongUse.Export] = Shared(Math.Max(2, Part(shares.Reads, 4)), MaxQueuedFiles),
            [LongUse.Computation] = Shared(computing, computations - computing),
            [LongUse.Stream] = Shared(MaxStreams, 0),
            [LongUse.Write] = Limiter(_ => "", Part(shares.Writes * 4, 5), MaxQueuedWrites),
            [LongUse.Wait] = Limiter(place => place, Math.Min(MaxWaiting, Part(shares.Writes * 2, 3)), 0),
        };
    }

    /// <summary>Begins a use. It ends when the result is disposed of.</summary>
    /// <param name="use">The kind of the use.</param>
    /// <param name="cancel">Ends the wait in the queue.</param>
    /// <exception cref="TooManyUsesException">As many of this kind run as may.</exception>
    public ValueTask<IDisposable> BeginAsync(LongUse use, CancellationToken cancel) => BeginAsync(use, Caller(), cancel);

    /// <summary>Begins a write, which waits for its turn. It ends when the result is disposed of.</summary>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="TooManyUsesException">As many writes run or wait as may.</exception>
    public async ValueTask<IDisposable> BeginWriteAsync(CancellationToken cancel)
    {
        var use = await BeginAsync(LongUse.Write, cancel);
        if (_http.HttpContext is null) return use;
        try
        {
            await _turns.BeginAsync(cancel);
        }
        catch
        {
            use.Dispose();
            throw;
        }
        return new Write(use, _turns);
    }

    /// <summary>Runs a statement that waits for a lock. Writers that wait for one place are bounded, so that others have connections left.</summary>
    /// <param name="place">The place that writers meet in, for example a partition.</param>
    /// <param name="takeLocks">Waits for the locks.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="TooManyUsesException">As many writers wait there as may.</exception>
    public async Task WaitAsync(string place, Func<Task> takeLocks, CancellationToken cancel)
    {
        using var waiting = await BeginAsync(LongUse.Wait, place, cancel);
        if (_http.HttpContext is null)
        {
            await takeLocks();
            return;
        }
        _turns.End();
        try
        {
            await takeLocks();
        }
        finally
        {
            _turns.GoOn();
        }
    }

    sealed class Write(IDisposable use, WriteTurns turns) : IDisposable
    {
        public void Dispose()
        {
            turns.End();
            use.Dispose();
        }
    }

    async ValueTask<IDisposable> BeginAsync(LongUse use, string partition, CancellationToken cancel)
    {
        if (_http.HttpContext is null) return new MemoryStream();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            var lease = await _limits[use].AcquireAsync(partition, 1, patience.Token);
            if (lease.IsAcquired) return lease;
            lease.Dispose();
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
        }
        throw new TooManyUsesException(use);
    }

    string Caller() => _http.HttpContext?.Connection.RemoteIpAddress?.ToString() ?? "";

    static int Part(int connections, int divisor) => Math.Max(1, connections / divisor);

    static PartitionedRateLimiter<string> Shared(int permits, int queue) => PartitionedRateLimiter.CreateChained(
        Limiter(caller => caller, Math.Max(1, (permits + queue) / 2), queue), Limiter(_ => "", permits, queue));

    static PartitionedRateLimiter<string> Limiter(Func<string, string> key, int permits, int queue) =>
        PartitionedRateLimiter.Create<string, string>(caller => RateLimitPartition.GetConcurrencyLimiter(key(caller), _ => new ConcurrencyLimiterOptions
        {
            PermitLimit = permits,
            QueueLimit = queue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }));

    public void Dispose()
    {
        foreach (var limit in _limits.Values) limit.Dispose();
    }
}
