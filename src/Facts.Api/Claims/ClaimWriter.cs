using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Claims;

/// <summary>The one way claims come into the store, for one and for many: all at once, in one transaction with what they amount to.</summary>
internal sealed class ClaimWriter(FactsContext database, FactProjector projector, TimeProvider clock)
{
    public Task<WriteResult> WriteAsync(IReadOnlyList<ParsedRow> rows, WriteOptions options, CancellationToken cancel) => WriteRetry.RunAsync(database, async () =>
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        var change = await projector.BeginAsync(ChangeKind.Claims, cancel);
        var load = new ClaimImport(database, projector, clock, options, change, await CatalogueStore.ReadAsync(database, cancel), ImportExtent.Claims);
        var written = await load.AddAsync(load.Check(rows), cancel);
        if (await load.FinishAsync(cancel) && !options.DryRun) await transaction.CommitAsync(cancel);
        return written with { Balances = change.Balances, BalancesMoved = change.BalancesMoved };
    }, cancel);

    /// <summary>A load of any number of chunks, as one write.</summary>
    /// <param name="options">How to go about it.</param>
    /// <param name="extent">How much there is of it.</param>
    /// <param name="add">Gives the load its chunks; from the first again where another writer was there first.</param>
    /// <param name="finished">Is told what the load amounts to, of a dry run too; not called where that is nothing.</param>
    /// <param name="end">The last thing before the commit, and within it; not called where there is nothing to commit.</param>
    /// <returns>Whether anything was committed.</returns>
    public Task<bool> LoadAsync(
        WriteOptions options, ImportExtent extent, Func<ClaimImport, Task> add, Action<ChangeRecord> finished, Func<Task> end, CancellationToken cancel) => WriteRetry.RunAsync(database, async () =>
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        if (extent == ImportExtent.Long) await BulkImportLock.BeginAsync(database, cancel);
        var change = await projector.BeginAsync(ChangeKind.Claims, cancel);
        var load = new ClaimImport(database, projector, clock, options, change, await CatalogueStore.ReadAsync(database, cancel), extent);
        await add(load);
        if (!await load.FinishAsync(cancel)) return false;
        finished(change);
        if (options.DryRun) return false;
        await end();
        await transaction.CommitAsync(cancel);
        return true;
    }, cancel);

    /// <summary>Ends the claim without another in its place.</summary>
    /// <returns>False where another change came first.</returns>
    public Task<bool> WithdrawAsync(ClaimRow claim, CancellationToken cancel) => WriteRetry.RunAsync(database, async () =>
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        await ArticleLocks.WaitAsync(database, claim.ArticleId, cancel);
        var change = await projector.BeginAsync(ChangeKind.Withdrawal, cancel);
        var held = await projector.LockAsync([claim.Partition], cancel);
        change.ClaimsEnded = await database.Set<ClaimRow>().Where(c => c.Id == claim.Id && c.SupersededIn == null)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.SupersededIn, change.Id), cancel);
        if (change.ClaimsEnded == 0) return false;
        await projector.RefreshAsync(change, held, cancel);
        await projector.EndAsync(change, cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }, cancel);
}
