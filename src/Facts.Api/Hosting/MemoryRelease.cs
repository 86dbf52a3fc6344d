namespace Facts.Api.Hosting;

/// <summary>
/// Gives memory back to the system when the service comes to rest. Otherwise the memory that a start or a load needed stays taken until the next load.
/// </summary>
internal sealed class MemoryRelease(TimeProvider clock) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);

    /// <summary>Bytes. The workers and some probes allocate less than this in an interval.</summary>
    const long AtRest = 4 << 20;

    /// <summary>Bytes. It is not worth a collection of all objects before so much was allocated since the last one.</summary>
    const long Worth = 16 << 20;

    protected override async Task ExecuteAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var (last, released) = (0L, 0L);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            var allocated = GC.GetTotalAllocatedBytes();
            if (allocated - last < AtRest && allocated - released > Worth)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
                released = allocated;
            }
            last = allocated;
        }
    }
}
