using Facts.Api.Projections;

namespace Facts.Api.Hosting;

/// <summary>The verb <c>rebuild</c>: computes everything that is derived from the claims again, for a store in which <c>verify</c> finds differences.</summary>
internal static class Rebuilding
{
    public static async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var progress = new Progress("rebuild");
        var partitions = await services.GetRequiredService<FactProjector>().DiscardAsync(cancel);
        // A scope for each transaction, so that memory does not grow with the store.
        for (string? last = ""; last is not null;)
        {
            await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
            last = await scope.ServiceProvider.GetRequiredService<FactProjector>().ExtendAsync(null, last, cancel);
            progress.Report(partitions - await scope.ServiceProvider.GetRequiredService<FactProjector>().CountDeferredAsync(cancel), partitions);
        }
        Console.Out.WriteLine($"rebuild: {partitions} partitions are computed again");
    }
}
