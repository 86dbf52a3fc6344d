namespace Facts.Api.Database;

/// <summary>Somebody else has the turn in an article.</summary>
internal sealed class ArticleLockedException(long article) : LockHeldException("Somebody else has the turn in an article.")
{
    public override Task WaitAsync(FactsContext database, CancellationToken cancel) => ArticleLocks.WaitAsync(database, article, cancel);
}
