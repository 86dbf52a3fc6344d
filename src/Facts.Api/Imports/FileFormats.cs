using Facts.Api.Http;
using Microsoft.Net.Http.Headers;

namespace Facts.Api.Imports;

internal static class FileFormats
{
    /// <summary>Media types that are accepted, the usual ones first.</summary>
    public static readonly string[] MediaTypes = ["text/csv", "application/x-ndjson", "application/json", FormFile.MediaType];

    static readonly string[] Csv = ["text/csv", "application/csv", "text/comma-separated-values", "application/vnd.ms-excel"];
    static readonly string[] Json =
        ["application/json", "text/json", "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"];

    // Types that clients such as curl send by default. The file's first bytes decide.
    static readonly string[] Unsure = ["application/x-www-form-urlencoded", "text/plain", "application/octet-stream", "application/gzip", "application/x-gzip"];

    /// <summary>True if the Content-Type declares CSV, false if it declares JSON; null if the file's first bytes decide.</summary>
    /// <exception cref="ProblemException">The type is not accepted.</exception>
    public static bool? DeclaresCsv(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType)) return null;
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)) throw new ProblemException(NotRead(contentType));
        var charset = type.Charset.Value?.Trim('"').ToLowerInvariant();
        if (charset is not (null or "" or "utf-8" or "utf8" or "us-ascii"))
            throw new ProblemException(Problems.UnsupportedMediaType.Because($"charset '{Short(charset)}' is not read; send UTF-8"));
        var name = type.MediaType.Value?.ToLowerInvariant() ?? "";
        return Csv.Contains(name) ? true
            : Json.Contains(name) || name.EndsWith("+json", StringComparison.Ordinal) ? false
            : Unsure.Contains(name) ? null
            : throw new ProblemException(NotRead(contentType));
    }

    /// <summary>The format by the file's first bytes. They distinguish NDJSON from a JSON array, whatever was declared.</summary>
    /// <exception cref="ProblemException">The file is a workbook, Parquet or markup.</exception>
    public static FileFormat Sniff(ReadOnlySpan<byte> start, bool? isCsv) => start.TrimStart(" \t\r\n"u8) switch
    {
        [(byte)'P', (byte)'K', 3, 4, ..] => throw new ProblemException(NotRead("a workbook (XLSX): save its sheet as CSV (UTF-8)")),
        [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] => throw new ProblemException(NotRead("Parquet: export the same rows as CSV or NDJSON")),
        _ when isCsv == true => FileFormat.Csv,
        [(byte)'[', ..] => FileFormat.Json,
        [(byte)'{', ..] => FileFormat.Ndjson,
        [(byte)'<', ..] when isCsv is null => throw new ProblemException(NotRead("markup")),
        _ => isCsv is null ? FileFormat.Csv : FileFormat.Ndjson,
    };

    static Problem NotRead(string found) => Problems.UnsupportedMediaType
        .Because($"a file of claims is CSV, NDJSON or a JSON array, not {Short(found)}; "
            + "send it with 'Content-Type: text/csv', 'application/x-ndjson' or 'application/json', or as the file of a form")
        .With("Accept-Post", string.Join(", ", MediaTypes));

    static string Short(string text) => text.Length > 80 ? text[..80] + "…" : text;
}
