namespace Facts.Api.Database;

/// <summary>Somebody else, a long load as a rule, has a turn that a write wants: it lets go of all and begins anew once that has ended.</summary>
internal abstract class LockHeldException(string message) : Exception(message)
{
    /// <summary>Waits for the turn, holding nothing else.</summary>
    public abstract Task WaitAsync(FactsContext database, CancellationToken cancel);
}
