using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Facts.Api.Http;

/// <summary>
/// A response that can be taken away from the one who writes it, as long as it has not begun. All that is written later is discarded. So exactly one of two
/// parties answers a request, whenever each of them begins.
/// </summary>
internal sealed class RevocableResponse : HttpResponseFeature
{
    readonly IHttpResponseFeature _response;
    readonly Stack<(Func<object, Task> Callback, object State)> _starting = new();
    int _state;

    /// <param name="features">Those of a request. They have the response that is answered with.</param>
    public RevocableResponse(IFeatureCollection features)
    {
        _response = features.GetRequiredFeature<IHttpResponseFeature>();
        _response.OnStarting(_ => StartAsync(), this);
        Features = new FeatureCollection(features);
        Features.Set<IHttpResponseFeature>(this);
        Features.Set<IHttpResponseBodyFeature>(new Writing(this, features.GetRequiredFeature<IHttpResponseBodyFeature>()));
    }

    enum State
    {
        Open,
        Begun,
        Revoked,
    }

    /// <summary>The features of the same request with this response.</summary>
    public IFeatureCollection Features { get; }

    public override bool HasStarted => _response.HasStarted && !IsRevoked;

    bool IsRevoked => Volatile.Read(ref _state) == (int)State.Revoked;

    /// <summary>Takes the response away.</summary>
    /// <returns>False if it has begun.</returns>
    public bool TryRevoke() => Interlocked.CompareExchange(ref _state, (int)State.Revoked, (int)State.Open) == (int)State.Open;

    public override void OnStarting(Func<object, Task> callback, object state) => _starting.Push((callback, state));

    public override void OnCompleted(Func<object, Task> callback, object state) => _response.OnCompleted(callback, state);

    /// <summary>False if it was revoked.</summary>
    bool TryBegin() => Interlocked.CompareExchange(ref _state, (int)State.Begun, (int)State.Open) != (int)State.Revoked;

    /// <summary>Gives status and headers to the response that is answered with, just before the server sends them.</summary>
    async Task StartAsync()
    {
        if (!TryBegin()) return;
        while (_starting.TryPop(out var next)) await next.Callback(next.State);
        (_response.StatusCode, _response.ReasonPhrase) = (StatusCode, ReasonPhrase);
        foreach (var (name, values) in Headers) _response.Headers[name] = values;
        Headers = _response.Headers;
    }

    /// <summary>The body: passes all on, or discards it.</summary>
    sealed class Writing(RevocableResponse response, IHttpResponseBodyFeature body) : PipeWriter, IHttpResponseBodyFeature
    {
        PipeWriter? _nowhere;

        public PipeWriter Writer => this;

        public Stream Stream => field ??= AsStream();

        public override bool CanGetUnflushedBytes => Target.CanGetUnflushedBytes;

        public override long UnflushedBytes => Target.UnflushedBytes;

        PipeWriter Target => response.TryBegin() ? body.Writer : _nowhere ??= Create(Stream.Null);

        public override Memory<byte> GetMemory(int sizeHint = 0) => Target.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => Target.GetSpan(sizeHint);

        public override void Advance(int bytes) => Target.Advance(bytes);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => Target.FlushAsync(cancellationToken);

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
            Target.WriteAsync(source, cancellationToken);

        public override void CancelPendingFlush() => Target.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => Target.Complete(exception);

        public Task StartAsync(CancellationToken cancellationToken = default) =>
            response.TryBegin() ? body.StartAsync(cancellationToken) : Task.CompletedTask;

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
            response.TryBegin() ? body.SendFileAsync(path, offset, count, cancellationToken) : Task.CompletedTask;

        public Task CompleteAsync() => response.TryBegin() ? body.CompleteAsync() : Task.CompletedTask;

        public void DisableBuffering() => body.DisableBuffering();
    }
}
