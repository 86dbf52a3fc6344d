namespace Facts.Api.Database;

/// <summary>A long load has made something of the same name, which is there for others once it ends.</summary>
internal sealed class NameLockedException() : LockHeldException("A long load has made something of the same name.")
{
    public override Task WaitAsync(FactsContext database, CancellationToken cancel) => BulkImportLock.WaitAsync(database, cancel);
}
