using Facts.Api.Http;
using Facts.Api.Projections;
using Npgsql;

namespace Facts.Api.Hosting;

/// <summary>
/// Does what a write leaves for later. Computes projections in advance: for all days soon after a large write, and for the coming days at the start and every
/// hour. Merges new words into the index of words. If this fails, answers are still right but take longer.
/// </summary>
internal sealed class ProjectionRefreshService(IServiceScopeFactory scopes, NpgsqlDataSource source, TimeProvider clock, ILogger<ProjectionRefreshService> log)
    : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5), PauseAfterFailure = TimeSpan.FromMinutes(5), ComingDaysInterval = TimeSpan.FromHours(1);

    // Today in the easternmost time zone (UTC+14), and the day after.
    const int DaysAhead = 2;

    protected override async Task ExecuteAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var (nextAt, comingDaysAt) = (clock.GetUtcNow(), clock.GetUtcNow());
        do
        {
            if (clock.GetUtcNow() < nextAt) continue;
            try
            {
                var isTimeForComingDays = comingDaysAt <= clock.GetUtcNow();
                DateOnly? day = isTimeForComingDays ? clock.Today.AddDays(DaysAhead) : null;
                for (string? last = ""; last is not null;) last = await ExtendAsync(day, last, cancel);
                if (isTimeForComingDays) comingDaysAt += ComingDaysInterval;
                await using var words = source.CreateCommand("select gin_clean_pending_list('ix_claims_words'), gin_clean_pending_list('ix_claims_names')");
                await words.ExecuteNonQueryAsync(cancel);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogWarning("Totals could not be computed ahead ({Failure}): answers take longer until they are", failure.GetBaseException().GetType().Name);
                nextAt = clock.GetUtcNow() + PauseAfterFailure;
            }
        }
        while (await timer.WaitForNextTickAsync(cancel));
    }

    async Task<string?> ExtendAsync(DateOnly? day, string after, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FactProjector>().ExtendAsync(day, after, cancel);
    }
}
