using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Facts.Cli;

/// <summary>A file to load. It can be read several times, because a broken connection sends it again.</summary>
internal sealed class InputFile : IDisposable
{
    /// <summary>Files above this size in bytes are compressed for the upload. Compressing smaller files saves less time than it costs.</summary>
    const long Large = 1 << 20;

    readonly string _path;
    readonly bool _isSpooled;
    readonly bool _isGzip;

    InputFile(string name, string path, bool isSpooled, string sha256, bool isGzip)
    {
        (Name, _path, _isSpooled, Sha256, _isGzip) = (name, path, isSpooled, sha256, isGzip);
        Length = new FileInfo(path).Length;
    }

    /// <summary>The name of the file in messages.</summary>
    public string Name { get; }

    public long Length { get; }

    /// <summary>SHA-256 of the file, in hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>The media type by the ending of the name; null if the ending is unknown. Then the service detects the format.</summary>
    public string? MediaType => Path.GetExtension(Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Name[..^3] : Name).ToLowerInvariant() switch
    {
        ".csv" => "text/csv",
        ".ndjson" or ".jsonl" => "application/x-ndjson",
        ".json" => "application/json",
        _ => null,
    };

    /// <summary>Reason why a file cannot be loaded, found before anything is sent; null if it can be loaded.</summary>
    public static string? Refusal(string name)
    {
        if (name == "-") return null;
        if (Directory.Exists(name)) return $"'{name}' is a folder.";
        try
        {
            using var file = File.OpenRead(name);
            return file.CanSeek ? null
                : $"'{name}' cannot be read a second time, which a broken connection requires; send it through the standard input: facts load -";
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return refusal.Message;
        }
    }

    /// <summary>Opens a file; <c>-</c> is the standard input, which is copied to a temporary file first.</summary>
    public static async Task<InputFile> OpenAsync(string name, CancellationToken cancel)
    {
        try
        {
            return name != "-" ? await ReadAsync(name, name, false, cancel) : await ReadAsync("stdin", await SpooledAsync(cancel), true, cancel);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(refusal.Message, refusal);
        }
    }

    /// <summary>True if the text begins with a byte order mark, as Excel writes it.</summary>
    public bool BeginsWithMark()
    {
        using var file = File.OpenRead(_path);
        using Stream text = _isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        Span<byte> first = stackalloc byte[3];
        return text.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) == first.Length && first.SequenceEqual(Encoding.UTF8.Preamble);
    }

    /// <summary>The body of the upload. It reports how many bytes of the file were sent.</summary>
    public HttpContent Body(Action<long> sent)
    {
        var compress = !_isGzip && Length > Large;
        var body = new FileBody(_path, compress, sent);
        if (compress || _isGzip) body.Headers.ContentEncoding.Add("gzip");
        if (MediaType is { } type) body.Headers.ContentType = new MediaTypeHeaderValue(type);
        return body;
    }

    public void Dispose()
    {
        if (_isSpooled) File.Delete(_path);
    }

    static async Task<InputFile> ReadAsync(string name, string path, bool isSpooled, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        var head = new byte[2];
        var isGzip = await file.ReadAtLeastAsync(head, 2, throwOnEndOfStream: false, cancel) == 2 && head is [0x1F, 0x8B];
        file.Position = 0;
        return new(name, path, isSpooled, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel)), isGzip);
    }

    static async Task<string> SpooledAsync(CancellationToken cancel)
    {
        var path = Path.GetTempFileName();
        await using var spool = File.Create(path);
        await Console.OpenStandardInput().CopyToAsync(spool, cancel);
        return path;
    }

    sealed class FileBody(string path, bool compress, Action<long> sent) : HttpContent
    {
        const int Portion = 65_536;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancel)
        {
            await using var file = File.OpenRead(path);
            await using var gzip = compress ? new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true) : null;
            var buffer = new byte[Portion];
            var target = gzip ?? stream;
            for (int count; (count = await file.ReadAsync(buffer, cancel)) > 0; sent(file.Position))
                await target.WriteAsync(buffer.AsMemory(0, count), cancel);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = compress ? 0 : new FileInfo(path).Length;
            return !compress;
        }
    }
}
