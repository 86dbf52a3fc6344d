namespace Facts.Api.Database;

/// <summary>A bulk import that has not committed has stored the same name. Other writers see it once the import ends.</summary>
internal sealed class NameLockedException() : LockHeldException("A bulk import has stored the same name and has not committed.")
{
    public override Task WaitAsync(FactsContext database, CancellationToken cancel) => BulkImportLock.WaitAsync(database, cancel);
}
