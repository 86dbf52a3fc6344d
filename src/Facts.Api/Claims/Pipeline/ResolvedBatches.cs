namespace Facts.Api.Claims;

/// <summary>The batches of an attempt, resolved in their order. The next one is resolved on another thread while the one before it is stored.</summary>
/// <param name="batches">The batches.</param>
/// <param name="resolver">Resolves them.</param>
/// <param name="cancel">Ends the reading.</param>
internal sealed class ResolvedBatches(IAsyncEnumerable<CheckedBatch> batches, ClaimResolver resolver, CancellationToken cancel) : IAsyncDisposable
{
    readonly IAsyncEnumerator<CheckedBatch> _batches = batches.GetAsyncEnumerator(cancel);
    Task<ResolvedBatch?> _next = Task.FromResult<ResolvedBatch?>(null);

    /// <summary>
    /// Begins to resolve the next batch. The names and articles of all batches before it must be stored, since its rows may name them. Until
    /// <see cref="SettledAsync"/>, nobody else may use the catalogue, to which resolving adds names.
    /// </summary>
    public async Task BeginNextAsync()
    {
        var isThere = _batches.MoveNextAsync().AsTask();
        // A file that cannot be read further ends the import, but not before the batch that is being stored has been reported.
        await ((Task)isThere).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!isThere.IsCompletedSuccessfully || !isThere.Result)
        {
            _next = EndAsync(isThere);
            return;
        }
        var batch = _batches.Current;
        var articles = await resolver.FindArticlesAsync(batch, cancel);
        _next = Task.Run(ResolvedBatch? () => resolver.Resolve(batch, articles), CancellationToken.None);
    }

    /// <summary>Waits until the next batch is resolved, or cannot be.</summary>
    public async Task SettledAsync() => await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>The next batch; null after the last one.</summary>
    public Task<ResolvedBatch?> NextAsync() => _next;

    public async ValueTask DisposeAsync()
    {
        await SettledAsync();
        await _batches.DisposeAsync();
    }

    static async Task<ResolvedBatch?> EndAsync(Task<bool> isThere)
    {
        await isThere;
        return null;
    }
}
