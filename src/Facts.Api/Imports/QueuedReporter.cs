using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>
/// The report of a queued import. Errors and progress go over a connection of their own, so that callers see them while the import runs, and errors
/// outlive an import that is rolled back. The final report is stored with the claims.
/// </summary>
internal sealed class QueuedReporter(
    FactsContext database, ImportRow import, ImportOptions options, Stream file, ImportProgress progress, TimeProvider clock)
    : CountingReporter(import, options, clock)
{
    public override async Task BeginAsync(CancellationToken cancel)
    {
        await ImportLease.NameTransactionAsync(database, Import, cancel);
        await base.BeginAsync(cancel);
        await progress.ClearAsync(cancel);
    }

    public override async Task AddBatchAsync(IReadOnlyList<ParsedRow> rows, WriteResult result, CancellationToken cancel)
    {
        await base.AddBatchAsync(rows, result, cancel);
        await progress.UpdateAsync(Counters, file, cancel);
    }

    protected override Task AddErrorsAsync(IReadOnlyList<ParsedRow> rows, IReadOnlyList<ProblemError> errors, CancellationToken cancel) =>
        progress.AddErrorsAsync(ImportErrors.Rows(Import.Id, rows, errors), cancel);

    /// <summary>Reports a file that cannot be read to its end.</summary>
    public async Task RefuseFileAsync(Problem problem, CancellationToken cancel)
    {
        Counters.Refuse(problem);
        await AddErrorsAsync([], problem.Errors, cancel);
        Complete(problem.Detail);
    }

    public override async Task StoreAsync(CancellationToken cancel)
    {
        // Of a cancellation, a takeover and the commit, the one that comes first wins.
        if (await ImportLease.LockAsync(database, Import, cancel) is not (true, false)) throw new OperationCanceledException();
        Complete();
        database.Update(Import);
        await database.SaveChangesAsync(cancel);
        await StoredFile.DeleteAsync(database, Import.Id, cancel);
    }
}
