using Facts.Api.Changes;

namespace Facts.Api.Claims;

/// <summary>
/// The receiver of an import's results. The pipeline calls its methods in this order: begin, one call for each batch, missing claims, change, store.
/// A retried import begins again with <see cref="BeginAsync"/>, so an attempt leaves nothing of the attempt before.
/// </summary>
internal abstract class ImportReporter
{
    /// <summary>Forgets the results of an earlier attempt.</summary>
    public abstract Task BeginAsync(CancellationToken cancel);

    /// <summary>Adds the result of a batch.</summary>
    public abstract Task AddBatchAsync(IReadOnlyList<ParsedRow> rows, WriteResult result, CancellationToken cancel);

    /// <summary>Adds the claims that the file no longer holds.</summary>
    /// <param name="dropped">The claims, each with its outcome.</param>
    /// <param name="undated">Articles for which the file gives no day, so that their claims were cancelled as of today.</param>
    public virtual void AddMissing(IReadOnlyList<DroppedClaim> dropped, IReadOnlyCollection<string> undated) { }

    /// <summary>Adds the parties and items that the import created, of a dry run too. Not called if the import is refused or changes nothing.</summary>
    public virtual void AddCreated(CreatedNames created) { }

    /// <summary>Adds the change, of a dry run too. Not called if the import is refused or changes nothing.</summary>
    public virtual void AddChange(ChangeRecord change) { }

    /// <summary>Stores the report: the last statement before the commit, in its transaction. Not called if there is nothing to commit.</summary>
    public virtual Task StoreAsync(CancellationToken cancel) => Task.CompletedTask;
}
