using CsvHelper;
using Facts.Api.Claims;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>The first line of a CSV file: what its columns are.</summary>
/// <param name="Columns">The member of a claim in each column; null where the column says nothing about one.</param>
/// <param name="Separator">A comma, or the semicolon of spreadsheets where the comma is in numbers.</param>
/// <param name="Named">How many of the columns have names; those of a spreadsheet's leftovers, at the end, have none.</param>
/// <param name="Text">As it stands in the file, without the line break.</param>
internal sealed record CsvHeader(IReadOnlyList<WireMember?> Columns, int Named, char Separator, string Text)
{
    /// <summary>The column in which failed lines come back with what is wrong with them; sent again it says nothing.</summary>
    public const string Error = "error";

    static readonly IReadOnlyDictionary<string, WireMember> Members = WireMembers.For(typeof(ClaimRequest));

    /// <summary>As many errors as are listed.</summary>
    const int MaxColumns = 100;

    static readonly string[] ArticleNames = ["article_url", "article_external_id", "article_id"];

    /// <summary>Reads it and goes back to the beginning. All that is wrong with it is in one <see cref="ProblemException"/>.</summary>
    public static async Task<CsvHeader> ReadAsync(Stream file, CancellationToken cancel)
    {
        file.Position = 0;
        var start = new byte[Utf8LineChecker.LongestLine + 1];
        var read = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancel);
        file.Position = 0;
        var bytes = start.AsMemory(0, read);
        var separator = SeparatorOf(bytes.Span);
        var names = Names(bytes, separator, out var text);
        var named = names.Take(names.FindLastIndex(n => n.Length > 0) + 1).ToList();
        if (Unseparated(bytes.Span, named) is { } complaint) throw new ProblemException(Problems.MalformedRow.At(At(Problems.MalformedRow, complaint)));
        var errors = Errors(named);
        return errors.Count == 0
            ? new([.. names.Select(Members.GetValueOrDefault)], named.Count, separator, text)
            : throw new ProblemException(Problem.From([.. errors.Take(MaxColumns)], errors.Count));
    }

    static List<string> Names(ReadOnlyMemory<byte> bytes, char separator, out string text)
    {
        using var csv = CsvReader.Create(bytes, new CsvReaderOptions { HasHeader = false, Separator = separator });
        if (!csv.Read()) throw new ProblemException(Problems.EmptyFile.At(At(Problems.EmptyFile, "the file is empty; a header and a claim a line are expected")));
        text = System.Text.Encoding.UTF8.GetString(csv.RawRecord);
        return [.. Enumerable.Range(0, csv.FieldCount).Select(i => csv[i].ToString().Trim())];
    }

    /// <summary>Outside of quotes the header has one of the two, or neither.</summary>
    static char SeparatorOf(ReadOnlySpan<byte> bytes)
    {
        var (comma, semicolon, quoted, isLine) = (false, false, false, false);
        foreach (var b in bytes)
        {
            if (b == '"') quoted = !quoted;
            if (quoted) continue;
            isLine = b is (byte)'\n' or (byte)'\r';
            if (isLine) break;
            comma |= b == ',';
            semicolon |= b == ';';
        }
        // Without its line break it is more than a header.
        if (comma && semicolon && isLine)
            throw new ProblemException(Problems.MalformedRow.At(At(Problems.MalformedRow, "the header mixes , and ; between its columns; use one of them, and ; within cells")));
        return semicolon && !comma ? ';' : ',';
    }

    /// <summary>What took the file's lines or columns away from it; null where they are there.</summary>
    static string? Unseparated(ReadOnlySpan<byte> bytes, List<string> names)
    {
        if (names is [var only] && only.Contains('\t'))
            return "the columns are separated by tabs; a file of claims is separated by , or ; throughout: save it as CSV (UTF-8)";
        var known = names.Count(Members.ContainsKey);
        // Of a header of n names and one row the names are n - 1, then one that the row's first cell was glued to, then the other n - 1 cells.
        return bytes.IndexOfAny((byte)'\n', (byte)'\r') < 0 && known > 2 && names.Count - known >= known - 1
            ? "the file has no line breaks: its header and its rows look to stand in one line; curl -d takes line breaks out, send it with --data-binary"
            : null;
    }

    static List<ProblemError> Errors(List<string> names)
    {
        // What a list of claims gives out is taken back as it is; what the store sets itself goes unread then, and only then.
        var known = ExportColumns.Is(names) ? Members.Keys.Concat(ExportColumns.Own).Append(Error).ToHashSet() : Members.Keys.Append(Error).ToHashSet();
        var errors = new List<ProblemError>();
        foreach (var name in names.Where(n => !known.Contains(n)).Distinct())
        {
            var nearest = Suggestions.Nearest(name, Members.Keys);
            errors.Add(At(Problems.UnknownColumn, $"there is no column '{(name.Length > 80 ? name[..80] + "…" : name)}'{Suggestions.Hint(nearest)}", name, nearest));
        }
        foreach (var name in names.GroupBy(n => n).Where(g => g.Count() > 1 && known.Contains(g.Key)).Select(g => g.Key))
            errors.Add(At(Problems.DuplicateColumn, $"the column '{name}' stands twice", name));
        if (!names.Contains("kind")) errors.Add(At(Problems.MissingColumn, "the column 'kind' is needed", "kind"));
        if (!names.Any(ArticleNames.Contains)) errors.Add(At(Problems.MissingColumn, "one of the columns article_url, article_external_id and article_id is needed", "article_url"));
        return errors;
    }

    static ProblemError At(ProblemKind kind, string message, string? column = null, string? suggestion = null) =>
        new() { Code = kind.Code, Row = 1, Column = column, Message = message, Value = kind == Problems.MissingColumn ? null : column, Suggestion = suggestion };
}
