namespace Facts.Api.Database;

/// <summary>
/// Another writer, usually a bulk import, holds a lock that this write may not wait for while it holds locks itself. <see cref="WriteRetry"/> releases all of
/// them, waits for that one lock and starts the write again.
/// </summary>
internal abstract class LockHeldException(string message) : Exception(message)
{
    /// <summary>Waits for the lock in a transaction that holds no other.</summary>
    public abstract Task WaitAsync(FactsContext database, CancellationToken cancel);
}
