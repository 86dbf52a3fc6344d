using Facts.Api.Http;
using Facts.Api.Projections;
using Npgsql;

namespace Facts.Api.Hosting;

/// <summary>
/// Does what a write leaves for later. Computes projections in advance: for all days soon after a large write, and for the coming days at the start and every
/// hour. Has PostgreSQL look at tables that have grown much, and merge new words into the index of words. If this fails, answers are still right but take
/// longer.
/// </summary>
internal sealed class ProjectionRefreshService(IServiceScopeFactory scopes, NpgsqlDataSource source, TimeProvider clock, ILogger<ProjectionRefreshService> log)
    : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5), PauseAfterFailure = TimeSpan.FromMinutes(5), ComingDaysInterval = TimeSpan.FromHours(1);

    // PostgreSQL looks at its tables once a minute. Until then, it takes one with 100,000 new rows for an empty one, and reads all of it for each page of a
    // list.
    const string GrownTables =
        """
        select quote_ident(relname) from pg_stat_user_tables
        where schemaname = current_schema() and n_mod_since_analyze > 1000 and n_mod_since_analyze > n_live_tup * 0.2
        """;

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
                await AnalyzeAsync(cancel);
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

    async Task AnalyzeAsync(CancellationToken cancel)
    {
        var grown = new List<string>();
        await using (var command = source.CreateCommand(GrownTables))
        await using (var reader = await command.ExecuteReaderAsync(cancel))
            while (await reader.ReadAsync(cancel)) grown.Add(reader.GetString(0));
        if (grown.Count == 0) return;
        // Another process may do the same.
        await using var analyze = source.CreateCommand($"analyze (skip_locked) {string.Join(", ", grown)}");
        await analyze.ExecuteNonQueryAsync(cancel);
    }

    async Task<string?> ExtendAsync(DateOnly? day, string after, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FactProjector>().ExtendAsync(day, after, cancel);
    }
}
