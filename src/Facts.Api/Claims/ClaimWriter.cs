using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Claims;

/// <summary>Writes of claims that need no stored report.</summary>
internal sealed class ClaimWriter(FactsContext database, FactProjector projector, ChangeLog changes, ImportPipeline pipeline)
{
    /// <summary>Stores claims of one batch through the pipeline of every import.</summary>
    public async Task<WriteResult> WriteAsync(IReadOnlyList<ParsedRow> rows, WriteOptions options, CancellationToken cancel)
    {
        var reporter = new ResultReporter();
        await pipeline.RunAsync(new[] { rows }.ToAsyncEnumerable(), options, LockTiming.UpFront, reporter, cancel);
        return reporter.Result with { RecordedAt = reporter.Change?.RecordedAt };
    }

    /// <summary>Withdraws a claim: it ends, and no other claim takes its place.</summary>
    /// <returns>False if the claim was superseded or withdrawn meanwhile.</returns>
    public Task<bool> WithdrawAsync(ClaimRow claim, CancellationToken cancel) => WriteRetry.RunAsync(database, async () =>
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        await ArticleLocks.WaitAsync(database, claim.ArticleId, cancel);
        var change = await changes.BeginAsync(ChangeKind.Withdrawal, cancel);
        var partitions = await projector.LockAsync([claim.Partition], cancel);
        change.ClaimsEnded = await database.Set<ClaimRow>().Where(c => c.Id == claim.Id && c.SupersededIn == null)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.SupersededIn, change.Id), cancel);
        if (change.ClaimsEnded == 0) return false;
        await projector.RefreshAsync(change, partitions, cancel);
        await changes.CommitAsync(transaction, change, cancel);
        return true;
    }, cancel);
}
