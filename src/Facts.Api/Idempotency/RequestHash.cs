using System.Security.Cryptography;
using System.Text;

namespace Facts.Api.Idempotency;

/// <summary>
/// Hashes a request while its body is read: the query, the content type, the content encoding and the body. The hash remains valid if an
/// endpoint disposes of the body.
/// </summary>
internal sealed class RequestHash : Stream
{
    readonly Stream _body;
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public RequestHash(HttpRequest request)
    {
        _body = request.Body;
        foreach (var part in new[] { request.QueryString.Value ?? "", request.ContentType ?? "", request.Headers.ContentEncoding.ToString() })
            _hash.AppendData(Encoding.UTF8.GetBytes(part + '\n'));
    }

    /// <summary>Bytes of the body read so far.</summary>
    public long Count { get; private set; }

    /// <summary>Reads the rest of the body into the hash. Stops after the given length, because a longer body is another body.</summary>
    public async Task DrainAsync(long length, CancellationToken cancel)
    {
        var buffer = new byte[81_920];
        while (Count <= length && await ReadAsync(buffer, cancel) > 0) { }
    }

    /// <summary>The hash of everything that was read. Can be taken once.</summary>
    public byte[] Take()
    {
        using (_hash) return _hash.GetHashAndReset();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel = default)
    {
        var count = await _body.ReadAsync(buffer, cancel);
        return Hash(buffer.Span, count);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancel) =>
        ReadAsync(buffer.AsMemory(offset, count), cancel).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Hash(buffer.AsSpan(offset, count), _body.Read(buffer, offset, count));

    int Hash(Span<byte> buffer, int count)
    {
        _hash.AppendData(buffer[..count]);
        Count += count;
        return count;
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => Count; set => throw new NotSupportedException(); }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
