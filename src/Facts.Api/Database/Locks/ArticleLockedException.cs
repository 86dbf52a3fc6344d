namespace Facts.Api.Database;

/// <summary>Another writer holds the lock of an article.</summary>
internal sealed class ArticleLockedException(long article) : LockHeldException("Another writer holds the lock of an article.")
{
    public override Task WaitAsync(FactsContext database, CancellationToken cancel) => ArticleLocks.WaitAsync(database, article, cancel);
}
