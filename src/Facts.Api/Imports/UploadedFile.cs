using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using Facts.Api.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Facts.Api.Imports;

/// <summary>
/// The file of a load as it came in: unpacked, and known to be UTF-8 in lines of bounded length. In memory while it is small, else in the spool; memory
/// is bounded, however large it is. Gone when disposed of, unless it was kept.
/// </summary>
internal sealed class UploadedFile : IAsyncDisposable
{
    /// <summary>4 GiB, as sent and as unpacked: ten million claims of 400 bytes.</summary>
    public const long Limit = 4L << 30;

    /// <summary>What is held in memory: a thousand claims of eight kilobytes.</summary>
    const int InMemory = 8 << 20;

    // Text of claims packs to a tenth or so, a made-up repetitive one to a fiftieth; only a bomb is beyond that.
    const int MaxCompressionRatio = 100, CompressionCheckFrom = 64 << 20;

    readonly Spool _spool;
    readonly MemoryStream _memory = new();
    FileStream? _file;
    bool _kept;

    UploadedFile(Spool spool) => _spool = spool;

    public FileFormat Format { get; private set; }

    public long Length => _file?.Length ?? _memory.Length;

    /// <summary>Receives the body of a request; where it is no file of claims that could be read, the <see cref="ProblemException"/> says why.</summary>
    public static async Task<UploadedFile> ReceiveAsync(HttpContext http, Spool spool, CancellationToken cancel)
    {
        if (http.Request.ContentLength > Limit) throw new ProblemException(Body.TooLarge(Limit));
        // The server's own limit gives way to this one.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server) server.MaxRequestBodySize = Limit;
        var form = await FormFile.OpenAsync(http.Request, cancel);
        var (isCsv, problem) = FileFormats.Declared(form is null ? http.Request.ContentType : form.Part.ContentType);
        if (problem is not null) throw new ProblemException(problem);
        var file = new UploadedFile(spool);
        try
        {
            await using var source = await SourceAsync(form is null ? http.Request.BodyReader : PipeReader.Create(form.Part.Body), http.Request.Headers.ContentEncoding.ToString(), cancel);
            await file.FillAsync(source, isCsv, source is GZipStream ? http.Request.ContentLength : null, cancel);
            if (form is not null) await form.EndAsync(cancel);
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Its bytes from the beginning, without a byte order mark.</summary>
    public Stream Open()
    {
        if (_file is null) return new MemoryStream(_memory.GetBuffer(), 0, (int)_memory.Length, writable: false);
        return _spool.Open(Path.GetFileName(_file.Name))!;
    }

    /// <summary>Sees to it that it is on the disk, whatever happens now, and outlives this object.</summary>
    /// <returns>Its name in the spool.</returns>
    public async Task<string> KeepAsync(CancellationToken cancel)
    {
        if (_file is null) await SpillAsync(cancel);
        _file!.Flush(flushToDisk: true);
        _kept = true;
        return Path.GetFileName(_file.Name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_file is null) return;
        await _file.DisposeAsync();
        if (!_kept) _spool.Delete(Path.GetFileName(_file.Name));
    }

    /// <summary>The body, unpacked where it is gzip; what is not said to be may be all the same, since no text begins as gzip does.</summary>
    static async Task<Stream> SourceAsync(PipeReader body, string encoding, CancellationToken cancel)
    {
        encoding = encoding.Trim().ToLowerInvariant();
        if (encoding is not ("" or "identity" or "gzip"))
            throw new ProblemException(Problems.UnsupportedMediaType.Because($"Content-Encoding '{(encoding.Length > 80 ? encoding[..80] : encoding)}' is not read; send gzip or none").With("Accept-Encoding", "gzip"));
        var start = await ReadingAsync(body.ReadAtLeastAsync(2, cancel));
        var isGzip = StartsAsGzip(start);
        body.AdvanceTo(start.Buffer.Start);
        if (encoding == "gzip" && !isGzip) throw new ProblemException(BadGzip);
        var stream = body.AsStream(leaveOpen: true);
        return isGzip ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    /// <summary>What cannot be read to its end is the caller's to mend; what cannot be written is not.</summary>
    static async Task<T> ReadingAsync<T>(ValueTask<T> read)
    {
        try
        {
            return await read;
        }
        catch (InvalidDataException)
        {
            throw new ProblemException(BadGzip);
        }
        catch (IOException cut) when (cut is not BadHttpRequestException)
        {
            throw new ProblemException(Problems.BadRequest.Because("the file is cut: the connection, or the form it stands in, ended before it"));
        }
    }

    static bool StartsAsGzip(ReadResult start)
    {
        var reader = new System.Buffers.SequenceReader<byte>(start.Buffer);
        return reader.TryRead(out var first) && reader.TryRead(out var second) && (first, second) is (0x1F, 0x8B);
    }

    async Task FillAsync(Stream source, bool? isCsv, long? packed, CancellationToken cancel)
    {
        var buffer = new byte[81_920];
        Utf8LineChecker? check = null;
        for (var held = 0; ;)
        {
            var count = await ReadingAsync(source.ReadAtLeastAsync(buffer.AsMemory(held), check is null ? 4 : 1, throwOnEndOfStream: false, cancel));
            var block = buffer.AsMemory(0, held + count);
            if (check is null)
            {
                block = Body.WithoutMark(block).Length == block.Length ? block : block[3..];
                Format = FileFormats.Sniff(Utf8LineChecker.Start(block.Span), isCsv);
                check = new Utf8LineChecker(isInLines: Format != FileFormat.Json);
            }
            // A character that is cut at the end of a block waits for the next.
            var whole = count == 0 ? block.Length : block.Length - Utf8LineChecker.Cut(block.Span);
            check.Take(block.Span[..whole]);
            await AppendAsync(block[..whole], cancel);
            if (Length > Limit || packed is { } sent && Length > CompressionCheckFrom && Length / MaxCompressionRatio > sent) throw new ProblemException(TooLarge(check.Line));
            if (count == 0) return;
            block[whole..].CopyTo(buffer);
            held = block.Length - whole;
        }
    }

    async Task AppendAsync(ReadOnlyMemory<byte> block, CancellationToken cancel)
    {
        if (_file is null && _memory.Length + block.Length > InMemory) await SpillAsync(cancel);
        if (_file is null) _memory.Write(block.Span);
        else await _file.WriteAsync(block, cancel);
    }

    async Task SpillAsync(CancellationToken cancel)
    {
        _file = _spool.Create();
        await _file.WriteAsync(_memory.GetBuffer().AsMemory(0, (int)_memory.Length), cancel);
        _memory.SetLength(0);
        _memory.Capacity = 0;
    }

    static Problem BadGzip => Problems.BadGzip.Because("the body is not gzip, or it is cut; send it whole, or without Content-Encoding");

    static Problem TooLarge(long line) => Problems.BodyTooLarge.Because(string.Create(CultureInfo.InvariantCulture,
        $"the file unpacks to more than {Limit:N0} bytes, or to more than {MaxCompressionRatio} times what was sent; reading stopped at line {line}"));
}
