using System.Text.Json;
using FluentValidation;
using Microsoft.Net.Http.Headers;

namespace Facts.Api.Http;

/// <summary>Reads a JSON body strictly: nothing is ignored, guessed or cut, and all errors come at once.</summary>
internal static class JsonBody
{
    const int Depth = 16;

    static readonly JsonDocumentOptions Options = new() { MaxDepth = Depth, AllowTrailingCommas = false, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>Reads one object. The errors of the validator, if one is given, are added to those of reading.</summary>
    public static async Task<JsonRead<T>> ReadAsync<T>(
        HttpContext http, CancellationToken cancel, IValidator<T>? validator = null, int limit = Body.DefaultLimit) where T : class, new()
    {
        var (bound, problem) = await BindAsync<T>(http, cancel, limit);
        if (bound is null) return new(null, problem, new HashSet<string>());
        var errors = Validation.Errors(bound, validator);
        return new(bound.Value, errors.Count == 0 ? null : Problem.From(errors), bound.Given);
    }

    /// <summary>Reads one object, such as a merge patch, whose errors the caller reports later, together with errors that need the stored row.</summary>
    public static async Task<(BindingResult<T>? Bound, Problem? Problem)> BindAsync<T>(
        HttpContext http, CancellationToken cancel, int limit = Body.DefaultLimit) where T : class, new()
    {
        var (document, problem) = await DocumentAsync(http, limit, cancel);
        if (document is null) return (null, problem);
        using (document) return (JsonBinder.Bind<T>(document.RootElement), null);
    }

    /// <summary>Reads any JSON value; the caller disposes of the document.</summary>
    public static async Task<(JsonDocument? Document, Problem? Problem)> DocumentAsync(HttpContext http, int limit, CancellationToken cancel)
    {
        var type = MediaType(http.Request);
        if (type is MediaKind.Other) return (null, NotJson(http.Request));
        var (bytes, problem) = await Body.ReadAsync(http, limit, cancel);
        if (problem is not null) return (null, problem);
        var (document, malformed) = Parse(bytes);
        // A body of the media type of a form that does not begin as JSON is a form.
        return malformed is not null && type is MediaKind.Unsure && !LooksLikeJson(bytes.Span) ? (null, NotJson(http.Request)) : (document, malformed);
    }

    /// <summary>Bytes as a document, or why they are none.</summary>
    /// <param name="bytes">A body, or a row of a file.</param>
    /// <param name="isRow">True if the bytes are a row of a file. Places of errors are then counted within the row.</param>
    public static (JsonDocument? Document, Problem? Problem) Parse(ReadOnlyMemory<byte> bytes, bool isRow = false)
    {
        if (bytes.IsEmpty) return (null, Problems.EmptyBody.Because("the body is empty; a JSON object is expected"));
        if (Body.EncodingProblem(bytes.Span) is { } problem) return (null, problem);
        bytes = Body.WithoutMark(bytes);
        try
        {
            return (JsonDocument.Parse(bytes, Options), null);
        }
        catch (JsonException e)
        {
            return (null, Malformed(e, bytes.Span, isRow));
        }
    }

    /// <summary>Says line and position, both from 1, but none of the body's text.</summary>
    public static Problem Malformed(JsonException e, ReadOnlySpan<byte> bytes, bool isRow = false)
    {
        var (line, position) = (e.LineNumber ?? 0, e.BytePositionInLine ?? 0);
        var whole = isRow ? "this" : "the body";
        var place = isRow ? $"{(line > 0 ? $"line {line + 1}, " : "")}position {position + 1} of the row" : $"line {line + 1}, position {position + 1}";
        // The reader reports depth only in the text of its error.
        if (e.Message.Contains("maximum configured depth", StringComparison.OrdinalIgnoreCase))
            return Problems.TooDeep.At(ProblemError.InBody(Problems.TooDeep, null, $"{whole} is nested more than {Depth} levels deep at {place}"));
        return NotANumber(bytes, line, position) is { } word
            ? Problems.InvalidNumber.At(ProblemError.InBody(Problems.InvalidNumber, JsonPath.At(bytes), $"{word} at {place} is no number", word))
            : Problems.MalformedJson.At(ProblemError.InBody(Problems.MalformedJson, null, $"{whole} is not JSON: it goes wrong at {place}"));
    }

    static string? NotANumber(ReadOnlySpan<byte> bytes, long line, long position)
    {
        for (; line > 0 && bytes.IndexOf((byte)'\n') is >= 0 and var end; line--) bytes = bytes[(end + 1)..];
        if (position >= bytes.Length) return null;
        var rest = bytes[(int)position..];
        // The reader consumes the minus sign before it fails.
        var minus = position > 0 && bytes[(int)position - 1] == '-' || rest[0] == '-';
        if (rest[0] == '-') rest = rest[1..];
        return rest.StartsWith("NaN"u8) ? "NaN" : rest.StartsWith("Infinity"u8) ? minus ? "-Infinity" : "Infinity" : null;
    }

    enum MediaKind { Json, Unsure, Other }

    static MediaKind MediaType(HttpRequest request)
    {
        if (string.IsNullOrEmpty(request.ContentType)) return MediaKind.Unsure;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return MediaKind.Other;
        return type.MediaType.Value?.ToLowerInvariant() switch
        {
            "application/json" or "text/json" => MediaKind.Json,
            "application/x-www-form-urlencoded" or "text/plain" or "application/octet-stream" => MediaKind.Unsure,
            var other => other?.EndsWith("+json", StringComparison.Ordinal) == true ? MediaKind.Json : MediaKind.Other,
        };
    }

    static bool LooksLikeJson(ReadOnlySpan<byte> bytes) => bytes.TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'{' or (byte)'[', ..];

    static Problem NotJson(HttpRequest request) => Problems.UnsupportedMediaType
        .Because("the body is to be JSON: send it with 'Content-Type: application/json'"
            + (string.IsNullOrEmpty(request.ContentType) ? "" : ", not " + Short(request.ContentType)))
        .With(request.Method == "PATCH" ? "Accept-Patch" : "Accept-Post", "application/json");

    static string Short(string text) => text.Length > 80 ? text[..80] + "…" : text;
}
