using Facts.Api.Claims;

namespace Facts.Api.Imports;

/// <summary>
/// A file of claims into numbered claims, as they are asked for: a bad line is a result, not an exception. Only what makes the rest unreadable (a
/// header without sense, a quote that never closes, an array that breaks off) is a <see cref="Http.ProblemException"/>. Rows are numbered by line, those of a JSON array by
/// place, from 1.
/// </summary>
internal static class ClaimReader
{
    /// <param name="file">To be read from the beginning, and left open. Seekable.</param>
    public static IAsyncEnumerable<ParsedRow> ReadAsync(Stream file, FileFormat format, CancellationToken cancel = default) => format switch
    {
        FileFormat.Csv => CsvClaims.ReadAsync(file, cancel),
        FileFormat.Ndjson => JsonClaims.ReadLinesAsync(file, cancel),
        FileFormat.Json => JsonClaims.ReadArrayAsync(file, cancel),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
