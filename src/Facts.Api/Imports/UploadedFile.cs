using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using Facts.Api.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Facts.Api.Imports;

/// <summary>
/// An uploaded file, unpacked, and checked to be UTF-8 in lines of bounded length. It is held in memory up to 8 MiB, otherwise in the spool.
/// It is deleted on disposal.
/// </summary>
internal sealed class UploadedFile : IAsyncDisposable
{
    /// <summary>4 GiB, as sent and as unpacked: ten million claims of 400 bytes.</summary>
    public const long Limit = 4L << 30;

    /// <summary>Size up to which a file is held in memory: a thousand claims of eight kilobytes.</summary>
    const int InMemory = 8 << 20;

    // Text of claims packs to about a tenth, generated repetitive text to a fiftieth. Anything beyond a hundredth is a decompression bomb.
    const int MaxCompressionRatio = 100, CompressionCheckFrom = 64 << 20;

    readonly Spool _spool;
    readonly MemoryStream _memory = new();
    FileStream? _file;

    UploadedFile(Spool spool) => _spool = spool;

    public FileFormat Format { get; private set; }

    public long Length => _file?.Length ?? _memory.Length;

    /// <summary>Receives the body of a request.</summary>
    /// <exception cref="ProblemException">The body is no file of claims that can be read.</exception>
    public static async Task<UploadedFile> ReceiveAsync(HttpContext http, Spool spool, CancellationToken cancel)
    {
        if (http.Request.ContentLength > Limit) throw new ProblemException(Body.TooLarge(Limit));
        // This limit replaces the server's own.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server) server.MaxRequestBodySize = Limit;
        var form = await FormFile.OpenAsync(http.Request, cancel);
        var isCsv = FileFormats.DeclaresCsv(form is null ? http.Request.ContentType : form.Part.ContentType);
        var file = new UploadedFile(spool);
        try
        {
            var body = form is null ? http.Request.BodyReader : PipeReader.Create(form.Part.Body);
            await using var source = await SourceAsync(body, http.Request.Headers.ContentEncoding.ToString(), cancel);
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

    /// <summary>Opens the file at its beginning, without a byte order mark.</summary>
    public Stream Open()
    {
        if (_file is null) return new MemoryStream(_memory.GetBuffer(), 0, (int)_memory.Length, writable: false);
        return _spool.Open(Path.GetFileName(_file.Name))!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_file is null) return;
        await _file.DisposeAsync();
        _spool.Delete(Path.GetFileName(_file.Name));
    }

    /// <summary>
    /// The body, unpacked if it is gzip. That is recognised by its first two bytes even if it is not declared, since no text begins with them.
    /// </summary>
    static async Task<Stream> SourceAsync(PipeReader body, string encoding, CancellationToken cancel)
    {
        encoding = encoding.Trim().ToLowerInvariant();
        if (encoding is not ("" or "identity" or "gzip"))
            throw new ProblemException(Problems.UnsupportedMediaType
                .Because($"Content-Encoding '{(encoding.Length > 80 ? encoding[..80] : encoding)}' is not read; send gzip or none")
                .With("Accept-Encoding", "gzip"));
        var start = await ReadingAsync(body.ReadAtLeastAsync(2, cancel));
        var isGzip = StartsAsGzip(start);
        body.AdvanceTo(start.Buffer.Start);
        if (encoding == "gzip" && !isGzip) throw new ProblemException(BadGzip);
        var stream = body.AsStream(leaveOpen: true);
        return isGzip ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    /// <summary>Turns a failure of reading into a problem that the caller can correct. Failures of writing to the spool are not the caller's.</summary>
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
        for (var left = 0; ;)
        {
            var count = await ReadingAsync(source.ReadAtLeastAsync(buffer.AsMemory(left), check is null ? 4 : 1, throwOnEndOfStream: false, cancel));
            var block = buffer.AsMemory(0, left + count);
            if (check is null)
            {
                block = Body.WithoutMark(block).Length == block.Length ? block : block[3..];
                Format = FileFormats.Sniff(Utf8LineChecker.Start(block.Span), isCsv);
                check = new Utf8LineChecker(isInLines: Format != FileFormat.Json);
            }
            // A character that is cut at the end of a block is completed by the next block.
            var whole = count == 0 ? block.Length : block.Length - Utf8LineChecker.Cut(block.Span);
            check.Take(block.Span[..whole]);
            await AppendAsync(block[..whole], cancel);
            if (Length > Limit || packed is { } sent && Length > CompressionCheckFrom && Length / MaxCompressionRatio > sent)
                throw new ProblemException(TooLarge(check.Line));
            if (count == 0) return;
            block[whole..].CopyTo(buffer);
            left = block.Length - whole;
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
