using System.Text.Json;
using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Imports;

/// <summary>
/// Runs queued imports, one after another, so that other requests get database time. The queue is in the store: a service that was killed starts its import
/// again at its next start. An import's end is committed with its claims, so no import is stored twice.
/// </summary>
internal sealed partial class ImportWorker(IServiceScopeFactory scopes, Spool spool, ImportQueue queue, TimeProvider clock, ILogger<ImportWorker> log)
    : BackgroundService
{
    /// <summary>Number of starts of one import: an import that crashes the service does not do so for ever.</summary>
    const int MaxAttempts = 5;

    /// <summary>Time between deletions of abandoned files and old errors.</summary>
    static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(20);

    /// <summary>Days after which the errors of an ended import are deleted.</summary>
    const int ErrorRetentionDays = 90;

    // Announcements wake the worker at once. Polling finds imports left by a crash, or queued by another process.
    static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

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
                    sweep = clock.GetUtcNow() + SweepInterval;
                }
                while (await NextAsync(stop)) ;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                // The database is down or not migrated yet. The imports stay queued.
                NotNow(log, ProblemExceptionHandler.Problem(e).Kind.Code);
            }
            try
            {
                await queue.WaitAsync(PollInterval, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Runs the oldest queued import that no other process runs.</summary>
    /// <returns>True if there was such an import.</returns>
    async Task<bool> NextAsync(CancellationToken stop)
    {
        if (spool.KnownId is not { } spoolId) return false;
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<FactsContext>();
        await database.Database.OpenConnectionAsync(stop);
        var queued = database.Set<ImportRow>().Where(i => i.File != null && i.Spool == spoolId).OrderBy(i => i.Id).Select(i => i.Id);
        foreach (var id in await queued.ToListAsync(stop))
        {
            // The advisory lock belongs to this connection, so it is released if the process dies.
            if (!await database.Database.SqlQuery<bool>($"select pg_try_advisory_lock({Lock(id)}) as \"Value\"").SingleAsync(stop)) continue;
            try
            {
                var import = await database.Set<ImportRow>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id && i.File != null, stop);
                if (import is null) continue;
                await RunAsync(import, database, stop);
                return true;
            }
            finally
            {
                await database.Database.ExecuteSqlAsync($"select pg_advisory_unlock({Lock(id)})", CancellationToken.None);
            }
        }
        return false;
    }

    async Task RunAsync(ImportRow import, FactsContext database, CancellationToken stop)
    {
        import.Attempts++;
        import.StartedAt ??= clock.GetUtcNow();
        await using var file = spool.Open(import.File!);
        if (import.IsCancelled) await EndAsync(database, import, ImportState.Cancelled, "it was cancelled", stop);
        else if (file is null) await EndAsync(database, import, ImportState.Failed, "its file is gone from the spool", stop);
        else if (import.Attempts > MaxAttempts)
            await EndAsync(database, import, ImportState.Failed,
                $"it was begun {MaxAttempts} times, and each time the service or its store stopped before it was done", stop);
        else await WorkAsync(import, database, file, stop);
    }

    async Task WorkAsync(ImportRow import, FactsContext database, FileStream file, CancellationToken stop)
    {
        var begun = await database.Set<ImportRow>().Where(i => i.Id == import.Id && !i.IsCancelled).ExecuteUpdateAsync(i => i
            .SetProperty(x => x.State, EnumWords.ToWord(ImportState.Running)).SetProperty(x => x.Attempts, import.Attempts)
            .SetProperty(x => x.StartedAt, import.StartedAt)
            .SetProperty(x => x.RowsRead, 0).SetProperty(x => x.Percent, 0), stop);
        if (begun == 0) return;
        var progress = new ImportProgress(database, import.Id);
        var name = import.File!;
        try
        {
            var isStored = false;
            await queue.RunAsync(import.Id, async cancel =>
            {
                await using var scope = scopes.CreateAsyncScope();
                var audit = scope.ServiceProvider.GetRequiredService<AuditContext>();
                audit.Set(import.KeyId, import.Subject, import.RequestId, HttpMethods.Post, "/v1/imports");
                audit.Resource = import.Place;
                var options = JsonSerializer.Deserialize<ImportOptions>(import.Options, Json.Options)!;
                isStored = await scope.ServiceProvider.GetRequiredService<ImportRun>().RunQueuedAsync(import, options, file, progress, cancel);
            }, stop);
            if (isStored) spool.Delete(name);
            else await StoreAsync(database, import, CancellationToken.None);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The service shuts down in order, so this start does not count as an attempt.
            await database.Set<ImportRow>().Where(i => i.Id == import.Id).ExecuteUpdateAsync(i => i
                .SetProperty(x => x.State, EnumWords.ToWord(ImportState.Queued)).SetProperty(x => x.Attempts, import.Attempts - 1), CancellationToken.None);
            throw;
        }
        catch (OperationCanceledException)
        {
            await EndAsync(database, import, ImportState.Cancelled, "it was cancelled", stop);
        }
        catch (Exception e) when (ProblemExceptionHandler.Problem(e) is
        { Kind.Status: StatusCodes.Status500InternalServerError or StatusCodes.Status507InsufficientStorage } fault)
        {
            Failed(log, import.Id, e.GetBaseException().GetType().Name);
            await EndAsync(database, import, ImportState.Failed, fault.Detail, stop);
        }
    }

    async Task EndAsync(FactsContext database, ImportRow import, ImportState state, string reason, CancellationToken stop)
    {
        import.State = EnumWords.ToWord(state);
        import.Reason = reason;
        import.FinishedAt = clock.GetUtcNow();
        new ImportCounters().WriteTo(import);
        await StoreAsync(database, import, stop);
    }

    async Task StoreAsync(FactsContext database, ImportRow import, CancellationToken cancel)
    {
        var file = import.File;
        import.File = null;
        database.ChangeTracker.Clear();
        database.Update(import);
        await database.SaveChangesAsync(cancel);
        if (file is not null) spool.Delete(file);
    }

    async Task SweepAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<FactsContext>();
        spool.Sweep((await database.Set<ImportRow>().Where(i => i.File != null).Select(i => i.File!).ToListAsync(stop)).ToHashSet());
        var old = clock.GetUtcNow().AddDays(-ErrorRetentionDays);
        await database.Set<ImportErrorRow>().Where(e => database.Set<ImportRow>().Any(i => i.Id == e.ImportId && i.FinishedAt < old)).ExecuteDeleteAsync(stop);
    }

    // "load" in ASCII, so that the number differs from those of other advisory locks.
    static long Lock(long import) => 0x6C6F6164_00000000 | import;

    [LoggerMessage(LogLevel.Warning, "Imports wait: {Code}")]
    static partial void NotNow(ILogger log, string code);

    [LoggerMessage(LogLevel.Error, "Import {Import} failed: {Exception}")]
    static partial void Failed(ILogger log, long import, string exception);
}
