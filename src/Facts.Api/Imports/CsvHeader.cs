using CsvHelper;
using Facts.Api.Claims;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>The first line of a CSV file: its columns.</summary>
/// <param name="Columns">The member of a claim in each column; null for a column that is not read, such as <c>error</c>.</param>
/// <param name="Separator">A comma, or a semicolon: spreadsheets write that where numbers have a decimal comma.</param>
/// <param name="Named">Number of columns with names. A spreadsheet may leave columns without a name at the end.</param>
/// <param name="Text">The line as in the file, without its line break.</param>
internal sealed record CsvHeader(IReadOnlyList<WireMember?> Columns, int Named, char Separator, string Text)
{
    /// <summary>The column that has the errors in the file of failed rows. It is ignored when that file is sent again.</summary>
    public const string Error = "error";

    static readonly IReadOnlyDictionary<string, WireMember> Members = WireMembers.For(typeof(ClaimRequest));

    /// <summary>Errors listed at most.</summary>
    const int MaxErrors = 100;

    static readonly string[] ArticleNames = ["article_url", "article_external_id", "article_id"];

    /// <summary>Reads the header and returns to the beginning of the file.</summary>
    /// <exception cref="ProblemException">The header is refused. The problem lists all its errors.</exception>
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
            : throw new ProblemException(Problem.From([.. errors.Take(MaxErrors)], errors.Count));
    }

    static List<string> Names(ReadOnlyMemory<byte> bytes, char separator, out string text)
    {
        using var csv = CsvReader.Create(bytes, new CsvReaderOptions { HasHeader = false, Separator = separator });
        if (!csv.Read())
            throw new ProblemException(Problems.EmptyFile.At(At(Problems.EmptyFile, "the file is empty; a header and a claim a line are expected")));
        text = System.Text.Encoding.UTF8.GetString(csv.RawRecord);
        return [.. Enumerable.Range(0, csv.FieldCount).Select(i => csv[i].ToString().Trim())];
    }

    /// <summary>The separator: the one of comma and semicolon that occurs outside quotes.</summary>
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
        // Without a line break the text is more than a header, and may well have both.
        if (comma && semicolon && isLine)
            throw new ProblemException(Problems.MalformedRow.At(At(Problems.MalformedRow,
                "the header mixes , and ; between its columns; use one of them, and ; within cells")));
        return semicolon && !comma ? ';' : ',';
    }

    /// <summary>An explanation of lost line breaks or columns; null if the header has neither problem.</summary>
    static string? Unseparated(ReadOnlySpan<byte> bytes, List<string> names)
    {
        if (names is [var only] && only.Contains('\t'))
            return "the columns are separated by tabs; a file of claims is separated by , or ; throughout: save it as CSV (UTF-8)";
        var known = names.Count(Members.ContainsKey);
        // With n columns and one row in one line, the cells are: n - 1 names, then the last name joined to the row's first cell, then n - 1 cells.
        return bytes.IndexOfAny((byte)'\n', (byte)'\r') < 0 && known > 2 && names.Count - known >= known - 1
            ? "the file has no line breaks: its header and its rows look to stand in one line; curl -d takes line breaks out, send it with --data-binary"
            : null;
    }

    static List<ProblemError> Errors(List<string> names)
    {
        // An export of claims can be imported unchanged. The columns that the store sets are then ignored; in any other file they are errors.
        var known = ExportColumns.Match(names) ? Members.Keys.Concat(ExportColumns.Own).Append(Error).ToHashSet() : Members.Keys.Append(Error).ToHashSet();
        var errors = new List<ProblemError>();
        foreach (var name in names.Where(n => !known.Contains(n)).Distinct())
        {
            var nearest = Suggestions.Nearest(name, Members.Keys);
            var shown = name.Length > 80 ? name[..80] + "…" : name;
            errors.Add(At(Problems.UnknownColumn, $"there is no column '{shown}'{Suggestions.Hint(nearest)}", name, nearest));
        }
        if (errors is [.., var last]) errors[^1] = last with { Message = $"{last.Message}; the columns are {string.Join(", ", Members.Keys)}" };
        foreach (var name in names.GroupBy(n => n).Where(g => g.Count() > 1 && known.Contains(g.Key)).Select(g => g.Key))
            errors.Add(At(Problems.DuplicateColumn, $"the column '{name}' stands twice", name));
        if (!names.Contains("kind")) errors.Add(At(Problems.MissingColumn, "the column 'kind' is needed", "kind"));
        if (!names.Any(ArticleNames.Contains))
            errors.Add(At(Problems.MissingColumn, "one of the columns article_url, article_external_id and article_id is needed", "article_url"));
        return errors;
    }

    static ProblemError At(ProblemKind kind, string message, string? column = null, string? suggestion = null) => new()
    {
        Code = kind.Code,
        Row = 1,
        Column = column,
        Message = message,
        Value = kind == Problems.MissingColumn ? null : column,
        Suggestion = suggestion,
    };
}
