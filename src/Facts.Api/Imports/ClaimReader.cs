using Facts.Api.Claims;

namespace Facts.Api.Imports;

/// <summary>
/// Parses a file of claims, row by row as the caller asks for them. A bad line is a row with errors, not an exception. A <see cref="Http.ProblemException"/>
/// means
/// that the rest of the file cannot be read: a header without sense, a quote that never closes, an array that breaks off.
/// </summary>
internal static class ClaimReader
{
    /// <param name="file">Seekable, and left open. Each enumeration reads from its beginning.</param>
    /// <param name="format">The format of the file.</param>
    /// <param name="csv">Options of CSV; other formats do not need it.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>Rows numbered from 1: by line, or in a JSON array by element.</returns>
    public static IAsyncEnumerable<ParsedRow> ReadAsync(Stream file, FileFormat format, CsvFormat csv, CancellationToken cancel = default) => format switch
    {
        FileFormat.Csv => CsvClaims.ReadAsync(file, csv, cancel),
        FileFormat.Ndjson => JsonClaims.ReadLinesAsync(file, cancel),
        FileFormat.Json => JsonClaims.ReadArrayAsync(file, cancel),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
