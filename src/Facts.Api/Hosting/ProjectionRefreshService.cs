using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Hosting;

/// <summary>Keeps facts and totals computed ahead: at the start and every hour, for the days that come near. Where it cannot, answers are right and take longer.</summary>
internal sealed class ProjectionRefreshService(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ProjectionRefreshService> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    // Today for whoever is furthest east, and the day after.
    const int DaysAhead = 2;

    protected override async Task ExecuteAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                var day = clock.Today.AddDays(DaysAhead);
                for (string? last = ""; last is not null;) last = await KeepAsync(day, last, cancel);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogWarning("Totals could not be computed ahead ({Failure}): answers take longer until they are", failure.GetBaseException().GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(cancel));
    }

    async Task<string?> KeepAsync(DateOnly day, string after, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FactProjector>().ExtendAsync(day, after, cancel);
    }
}
