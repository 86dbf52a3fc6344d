namespace Facts.Api.Database;

/// <summary>
/// The computation of one request whose answer is in no stored row. Few run at once, since each takes a processor and a connection. It ends when the answer
/// begins to be sent, so that a slow caller holds no place.
/// </summary>
internal sealed class Computation(UseLimits limits, IHttpContextAccessor http) : IDisposable
{
    IDisposable? _use;

    /// <summary>Begins the computation, unless it has begun in this request.</summary>
    /// <exception cref="TooManyUsesException">As many computations run as may.</exception>
    public async Task BeginAsync(CancellationToken cancel)
    {
        if (_use is not null) return;
        _use = await limits.BeginAsync(LongUse.Computation, cancel);
        http.HttpContext?.Response.OnStarting(() =>
        {
            _use.Dispose();
            return Task.CompletedTask;
        });
    }

    public void Dispose() => _use?.Dispose();
}
