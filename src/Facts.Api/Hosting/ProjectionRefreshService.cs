using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Hosting;

/// <summary>
/// Computes the projections for the coming days in advance, at the start and every hour. If this fails, answers are still right but take longer.
/// </summary>
internal sealed class ProjectionRefreshService(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ProjectionRefreshService> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    // Today in the easternmost time zone (UTC+14), and the day after.
    const int DaysAhead = 2;

    protected override async Task ExecuteAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                var day = clock.Today.AddDays(DaysAhead);
                for (string? last = ""; last is not null;) last = await ExtendAsync(day, last, cancel);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogWarning("Totals could not be computed ahead ({Failure}): answers take longer until they are", failure.GetBaseException().GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(cancel));
    }

    async Task<string?> ExtendAsync(DateOnly day, string after, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FactProjector>().ExtendAsync(day, after, cancel);
    }
}
