using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Facts.Api.Http;

/// <summary>
/// Gives a problem to what the web server refuses by itself, before there is a request that a middleware could see: a path with <c>%00</c>, a line or
/// headers over its limits, bytes that are no HTTP. Such an answer is known by its first bytes as it goes out; the service makes none like it.
/// </summary>
internal static class BareErrors
{
    static ReadOnlySpan<byte> Protocol => "HTTP/1.1 "u8;

    static ReadOnlySpan<byte> NoBody => "Content-Length: 0\r\n"u8;

    public static IServiceCollection AddBareErrors(this IServiceCollection services) => services.Configure<KestrelServerOptions>(server =>
        server.ConfigureEndpointDefaults(listen => listen.Use(next => connection =>
        {
            connection.Transport = new Pipes(connection.Transport.Input, new Writer(connection.Transport.Output, connection.ConnectionId, server.Limits));
            return next(connection);
        })));

    /// <summary>The answer with a body in place of none; null where it is not one that is meant here.</summary>
    static byte[]? WithBody(ReadOnlySpan<byte> answer, string connection, KestrelServerLimits limits)
    {
        if (!answer.StartsWith(Protocol) || answer[Protocol.Length] != (byte)'4' || !answer.EndsWith("\r\n\r\n"u8)) return null;
        var at = answer.IndexOf(NoBody);
        if (at < 0 || !int.TryParse(answer.Slice(Protocol.Length, 3), CultureInfo.InvariantCulture, out var status)) return null;
        var kind = Problems.ForStatus(status);
        if (kind.Status != status) return null;
        var problem = new ProblemWire(kind.Type, kind.Title, status, Detail(kind, limits), "/", kind.Code, connection, []);
        var body = JsonSerializer.SerializeToUtf8Bytes(problem, Json.Options);
        var headers = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"Content-Type: application/problem+json\r\nCache-Control: no-store\r\nContent-Length: {body.Length}\r\n"));
        return [.. answer[..at], .. headers, .. answer[(at + NoBody.Length)..], .. body];
    }

    static string Detail(ProblemKind kind, KestrelServerLimits limits) => string.Create(CultureInfo.InvariantCulture, $"{kind.Status switch
    {
        400 => "the request line or a header is no HTTP, or Host is missing; a path takes no %00, and what is not ASCII percent-encoded",
        414 => $"the request line is longer than {limits.MaxRequestLineSize:N0} bytes",
        431 => $"the headers are longer than {limits.MaxRequestHeadersTotalSize:N0} bytes together, or more than {limits.MaxRequestHeaderCount}",
        _ => kind.Title.ToLowerInvariant(),
    }}");

    sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    /// <summary>Passes on what is written, but for a bare error, which the server writes in one piece.</summary>
    sealed class Writer(PipeWriter inner, string connection, KestrelServerLimits limits) : PipeWriter
    {
        Memory<byte> _given;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;
        public override long UnflushedBytes => inner.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _given = inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override void Advance(int bytes)
        {
            if (bytes > Protocol.Length && bytes <= _given.Length && WithBody(_given.Span[..bytes], connection, limits) is { } whole)
            {
                if (whole.Length > _given.Length) _given = inner.GetMemory(whole.Length);
                whole.CopyTo(_given.Span);
                bytes = whole.Length;
            }
            _given = default;
            inner.Advance(bytes);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancel = default) => inner.FlushAsync(cancel);

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancel = default) => inner.WriteAsync(source, cancel);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);
    }
}
