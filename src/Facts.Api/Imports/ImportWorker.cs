using System.Text.Json;
using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Imports;

/// <summary>
/// Runs queued imports, one after another, so that other requests get database time. The queue is in the store, with its files: any service on the store
/// takes over the import of a service that was killed. An import's end is committed with its claims, so no import is stored twice.
/// </summary>
internal sealed partial class ImportWorker(
    IServiceScopeFactory scopes, ReadSource source, Spool spool, ImportQueue queue, TimeProvider clock, ILogger<ImportWorker> log)
    : BackgroundService
{
    /// <summary>The reason of an import that a caller has cancelled.</summary>
    public const string WasCancelled = "it was cancelled";

    /// <summary>Names this process in <see cref="ImportLease"/>.</summary>
    readonly Guid _holder = Guid.NewGuid();

    /// <summary>Number of starts of one import: an import that crashes the service does not do so for ever.</summary>
    const int MaxAttempts = 5;

    /// <summary>Number of starts of one import that ends with a fault of the service: the fault may be one of the moment.</summary>
    const int MaxFaults = 3;

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

    /// <summary>Runs the oldest import that no other process runs.</summary>
    /// <returns>True if there was such an import.</returns>
    async Task<bool> NextAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<FactsContext>();
        if (await ImportLease.TakeAsync(database, _holder, stop) is not { } import) return false;
        if (import.IsCancelled) await EndAsync(database, import, ImportState.Cancelled, WasCancelled);
        else if (import.Attempts > MaxAttempts)
            await EndAsync(database, import, ImportState.Failed,
                $"it was begun {MaxAttempts} times, and each time the service or its store stopped before it was done");
        else await RunAsync(import, database, stop);
        return true;
    }

    async Task RunAsync(ImportRow import, FactsContext database, CancellationToken stop)
    {
        // Progress and errors go over it while the import runs.
        await database.Database.OpenConnectionAsync(stop);
        try
        {
            var isStored = false;
            await queue.RunAsync(import.Id, async cancel => isStored = await HeldAsync(import, () => WorkAsync(import, database, cancel)), stop);
            if (!isStored) await StoreAsync(database, import);
        }
        catch (Exception e) when (e is OtherBuildException || e is OperationCanceledException && stop.IsCancellationRequested)
        {
            // The service shuts down in order, or another build has the store now and runs the import.
            await ImportLease.ReturnAsync(database, import);
            throw;
        }
        catch (OperationCanceledException)
        {
            await EndAsync(database, import, ImportState.Cancelled, WasCancelled);
        }
        catch (Exception e) when (ProblemExceptionHandler.Problem(e) is
        { Kind.Status: StatusCodes.Status500InternalServerError or StatusCodes.Status507InsufficientStorage } fault)
        {
            Failed(log, import.Id, e.GetBaseException().GetType().Name);
            if (fault.Kind.Status == StatusCodes.Status500InternalServerError && import.Attempts < MaxFaults) await ImportLease.ReleaseAsync(database, import);
            else await EndAsync(database, import, ImportState.Failed, fault.Detail);
        }
    }

    /// <returns>True if the import's row is stored, with its claims.</returns>
    async Task<bool> WorkAsync(ImportRow import, FactsContext database, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var audit = scope.ServiceProvider.GetRequiredService<AuditContext>();
        audit.Set(import.KeyId, import.Subject, import.RequestId, HttpMethods.Post, "/v1/imports");
        audit.Resource = import.Place;
        var options = JsonSerializer.Deserialize<ImportOptions>(import.Options, Json.Options)!;
        await using var file = new StoredFile(source, import.Id, import.Bytes);
        return await scope.ServiceProvider.GetRequiredService<ImportRun>()
            .RunQueuedAsync(import, options, file, new ImportProgress(database, import), cancel);
    }

    /// <summary>
    /// Does work while this process holds the import. The work is cancelled where it holds it no longer, or where a caller cancels the import.
    /// </summary>
    async Task<bool> HeldAsync(ImportRow import, Func<Task<bool>> work)
    {
        using var end = new CancellationTokenSource();
        var renewing = RenewAsync(import, end.Token);
        try
        {
            return await work();
        }
        finally
        {
            await end.CancelAsync();
            await renewing;
        }
    }

    async Task RenewAsync(ImportRow import, CancellationToken end)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<FactsContext>();
        while (!end.IsCancellationRequested)
            try
            {
                await Task.Delay(ImportLease.RenewInterval, end);
                if (!await ImportLease.RenewAsync(database, import, end)) queue.Cancel(import.Id);
            }
            catch (Exception e) when (!end.IsCancellationRequested)
            {
                // The store is away for a moment. The work itself fails if it stays away.
                NotNow(log, ProblemExceptionHandler.Problem(e).Kind.Code);
            }
            catch (OperationCanceledException)
            {
                // The work has ended.
            }
    }

    Task EndAsync(FactsContext database, ImportRow import, ImportState state, string reason)
    {
        import.State = EnumWords.ToWord(state);
        import.Reason = reason;
        import.FinishedAt = clock.GetUtcNow();
        new ImportCounters().WriteTo(import);
        return StoreAsync(database, import);
    }

    /// <summary>Stores the report of an import of which nothing is stored, unless another process has taken the import over.</summary>
    static async Task StoreAsync(FactsContext database, ImportRow import)
    {
        database.ChangeTracker.Clear();
        await using var transaction = await WriteTransaction.BeginAsync(database, CancellationToken.None);
        if (!(await ImportLease.LockAsync(database, import, CancellationToken.None)).IsHeld) return;
        database.Update(import);
        await database.SaveChangesAsync(CancellationToken.None);
        await StoredFile.DeleteAsync(database, import.Id, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    async Task SweepAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<FactsContext>();
        spool.Sweep();
        var old = clock.GetUtcNow().AddDays(-ErrorRetentionDays);
        await database.Set<ImportErrorRow>().Where(e => database.Set<ImportRow>().Any(i => i.Id == e.ImportId && i.FinishedAt < old)).ExecuteDeleteAsync(stop);
    }

    [LoggerMessage(LogLevel.Warning, "Imports wait: {Code}")]
    static partial void NotNow(ILogger log, string code);

    [LoggerMessage(LogLevel.Error, "Import {Import} failed: {Exception}")]
    static partial void Failed(ILogger log, long import, string exception);
}
