using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;

namespace Facts.Api.Http;

/// <summary>The bytes of a request's body, within a limit that also holds for what a gzip unpacks to.</summary>
internal static class Body
{
    /// <summary>1 MiB: a hundred times the longest claim that validation lets through.</summary>
    public const int DefaultLimit = 1_048_576;

    /// <summary>Makes a gzip that was cut an error instead of a shorter text. Must run before the first gzip is decompressed.</summary>
    [ModuleInitializer]
    internal static void RefuseCutGzip() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    /// <summary>The whole body, or the problem for which it was not read.</summary>
    public static async Task<(ReadOnlyMemory<byte> Bytes, Problem? Problem)> ReadAsync(HttpContext http, int limit, CancellationToken cancel)
    {
        if (http.Request.ContentLength > limit) return (default, TooLarge(limit));
        // This limit is lower than that of the server, and its refusal says more.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server) server.MaxRequestBodySize = null;
        var encoding = http.Request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant();
        if (encoding is not ("" or "identity" or "gzip"))
            return (default, Problems.UnsupportedMediaType.Because($"Content-Encoding '{encoding}' is not read; send gzip or none")
                .With("Accept-Encoding", "gzip"));
        try
        {
            await using var source = encoding == "gzip" ? new GZipStream(http.Request.Body, CompressionMode.Decompress, leaveOpen: true) : http.Request.Body;
            return await ReadAsync(source, limit, cancel);
        }
        catch (InvalidDataException)
        {
            return (default, Problems.BadGzip.Because("the body is not gzip, or it is cut; send it whole, or without Content-Encoding"));
        }
    }

    /// <summary>The problem of bytes that are not valid UTF-8; null if they are.</summary>
    public static Problem? EncodingProblem(ReadOnlySpan<byte> bytes) => LooksLikeUtf16(bytes)
        ? Problems.WrongEncoding.Because("the body looks like UTF-16; send UTF-8")
        : Utf8.IsValid(bytes) ? null : Problems.WrongEncoding.Because("the body is not valid UTF-8; it may be Latin-1");

    /// <summary>The bytes without a UTF-8 byte order mark at their beginning.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> bytes) => bytes.Span is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes;

    public static Problem TooLarge(long limit) =>
        Problems.BodyTooLarge.Because(string.Create(CultureInfo.InvariantCulture, $"the body is larger than {limit:N0} bytes"));

    static bool LooksLikeUtf16(ReadOnlySpan<byte> bytes) => bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, _, ..] or [_, 0, ..];

    static async Task<(ReadOnlyMemory<byte>, Problem?)> ReadAsync(Stream source, int limit, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16_384];
        while (await source.ReadAsync(buffer, cancel) is > 0 and var count)
        {
            if (bytes.Length + count > limit) return (default, TooLarge(limit));
            bytes.Write(buffer, 0, count);
        }
        return (bytes.GetBuffer().AsMemory(0, (int)bytes.Length), null);
    }
}
