using System.Text.Json;
using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Imports;

/// <summary>
/// Carries out the loads that wait, one after another, so that others get their turn. What is to be done stands in the store: a service that was killed begins
/// again where it stopped, and a load whose end is recorded with its claims is never done twice.
/// </summary>
internal sealed partial class ImportWorker(IServiceScopeFactory scopes, Spool spool, ImportQueue queue, TimeProvider clock, ILogger<ImportWorker> log) : BackgroundService
{
    /// <summary>How often a load is begun: one that takes the service down with it does not do so for ever.</summary>
    const int MaxAttempts = 5;

    /// <summary>How often what nobody will come back for is deleted.</summary>
    static readonly TimeSpan Sweeping = TimeSpan.FromMinutes(20);

    /// <summary>How long errors are kept.</summary>
    const int DaysKept = 90;

    // Announcements come at once; this finds what a crash left, and what another process announced.
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await Task.Yield();
        var sweep = DateTimeOffset.MinValue;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (clock.GetUtcNow() >= sweep)
                {
                    await SweepAsync(stop);
                    sweep = clock.GetUtcNow() + Sweeping;
                }
                while (await NextAsync(stop)) ;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                // No database, or not migrated yet: it waits in the store.
                NotNow(log, ProblemExceptionHandler.Problem(e).Kind.Code);
            }
            try
            {
                await queue.WaitAsync(Interval, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Carries out the oldest load that nobody else works on.</summary>
    /// <returns>Whether there was one.</returns>
    async Task<bool> NextAsync(CancellationToken stop)
    {
        if (spool.KnownId is not { } here) return false;
        await using var scope = scopes.CreateAsyncScope();
        var beside = scope.ServiceProvider.GetRequiredService<FactsContext>();
        await beside.Database.OpenConnectionAsync(stop);
        foreach (var id in await beside.Set<ImportRow>().Where(i => i.File != null && i.Spool == here).OrderBy(i => i.Id).Select(i => i.Id).ToListAsync(stop))
        {
            // Held by this connection, and gone with it.
            if (!await beside.Database.SqlQuery<bool>($"select pg_try_advisory_lock({Lock(id)}) as \"Value\"").SingleAsync(stop)) continue;
            try
            {
                var import = await beside.Set<ImportRow>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id && i.File != null, stop);
                if (import is null) continue;
                await RunAsync(import, beside, stop);
                return true;
            }
            finally
            {
                await beside.Database.ExecuteSqlAsync($"select pg_advisory_unlock({Lock(id)})", CancellationToken.None);
            }
        }
        return false;
    }

    async Task RunAsync(ImportRow import, FactsContext beside, CancellationToken stop)
    {
        import.Attempts++;
        import.StartedAt ??= clock.GetUtcNow();
        await using var file = spool.Open(import.File!);
        if (import.IsCancelled) await EndAsync(beside, import, ImportState.Cancelled, "it was cancelled", stop);
        else if (file is null) await EndAsync(beside, import, ImportState.Failed, "its file is gone from the spool", stop);
        else if (import.Attempts > MaxAttempts)
            await EndAsync(beside, import, ImportState.Failed, $"it was begun {MaxAttempts} times, and each time the service or its store stopped before it was done", stop);
        else await WorkAsync(import, beside, file, stop);
    }

    async Task WorkAsync(ImportRow import, FactsContext beside, FileStream file, CancellationToken stop)
    {
        var begun = await beside.Set<ImportRow>().Where(i => i.Id == import.Id && !i.IsCancelled).ExecuteUpdateAsync(i => i
            .SetProperty(x => x.State, EnumWords.ToWord(ImportState.Running)).SetProperty(x => x.Attempts, import.Attempts).SetProperty(x => x.StartedAt, import.StartedAt)
            .SetProperty(x => x.RowsRead, 0).SetProperty(x => x.Percent, 0), stop);
        if (begun == 0) return;
        var progress = new ImportProgress(beside, import.Id);
        var name = import.File!;
        try
        {
            var isStored = false;
            await queue.RunAsync(import.Id, async cancel =>
            {
                await using var scope = scopes.CreateAsyncScope();
                var author = scope.ServiceProvider.GetRequiredService<AuditContext>();
                author.Is(import.KeyId, import.Subject, import.RequestId, HttpMethods.Post, "/v1/imports");
                author.Resource = import.Place;
                var options = JsonSerializer.Deserialize<ImportOptions>(import.Options, Json.Options)!;
                isStored = await scope.ServiceProvider.GetRequiredService<ImportRun>().RunQueuedAsync(import, options, file, progress, cancel);
            }, stop);
            if (isStored) spool.Delete(name);
            else await StoreAsync(beside, import, CancellationToken.None);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop, not killed: that is no failed attempt.
            await beside.Set<ImportRow>().Where(i => i.Id == import.Id).ExecuteUpdateAsync(i => i
                .SetProperty(x => x.State, EnumWords.ToWord(ImportState.Queued)).SetProperty(x => x.Attempts, import.Attempts - 1), CancellationToken.None);
            throw;
        }
        catch (OperationCanceledException)
        {
            await EndAsync(beside, import, ImportState.Cancelled, "it was cancelled", stop);
        }
        catch (Exception e) when (ProblemExceptionHandler.Problem(e) is { Kind.Status: StatusCodes.Status500InternalServerError or StatusCodes.Status507InsufficientStorage } fault)
        {
            Failed(log, import.Id, e.GetBaseException().GetType().Name);
            await EndAsync(beside, import, ImportState.Failed, fault.Detail, stop);
        }
    }

    async Task EndAsync(FactsContext beside, ImportRow import, ImportState state, string reason, CancellationToken stop)
    {
        import.State = EnumWords.ToWord(state);
        import.Reason = reason;
        import.FinishedAt = clock.GetUtcNow();
        new ImportCounters().WriteTo(import);
        await StoreAsync(beside, import, stop);
    }

    async Task StoreAsync(FactsContext beside, ImportRow import, CancellationToken cancel)
    {
        var file = import.File;
        import.File = null;
        beside.ChangeTracker.Clear();
        beside.Update(import);
        await beside.SaveChangesAsync(cancel);
        if (file is not null) spool.Delete(file);
    }

    async Task SweepAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<FactsContext>();
        spool.Sweep((await database.Set<ImportRow>().Where(i => i.File != null).Select(i => i.File!).ToListAsync(stop)).ToHashSet());
        var old = clock.GetUtcNow().AddDays(-DaysKept);
        await database.Set<ImportErrorRow>().Where(e => database.Set<ImportRow>().Any(i => i.Id == e.ImportId && i.FinishedAt < old)).ExecuteDeleteAsync(stop);
    }

    // "load", so that the number is not another lock's.
    static long Lock(long import) => 0x6C6F6164_00000000 | import;

    [LoggerMessage(LogLevel.Warning, "Loads wait: {Code}")]
    static partial void NotNow(ILogger log, string code);

    [LoggerMessage(LogLevel.Error, "Load {Import} failed: {Exception}")]
    static partial void Failed(ILogger log, long import, string exception);
}
