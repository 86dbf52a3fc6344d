namespace Facts.Api.Database;

/// <summary>
/// Lets the writers of this process commit one after another. They would otherwise wait for each other in the database, for the row that all changes share.
/// </summary>
internal sealed class CommitTurn : IDisposable
{
    /// <summary>A commit that takes longer waits for another process. The next one then waits in the database too, which has limits of its own.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    readonly SemaphoreSlim _turn = new(1);

    public async Task CommitAsync(Func<Task> commit, CancellationToken cancel)
    {
        var isOurs = await _turn.WaitAsync(Patience, cancel);
        try
        {
            await commit();
        }
        finally
        {
            if (isOurs) _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
