using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using Facts.Api.Claims;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>
/// Reads claims from CSV. Columns have the wire's names in any order. Several donors or items in a cell are separated by <c>;</c>. A cell that is empty,
/// blank or declared as missing is null.
/// </summary>
internal static class CsvClaims
{
    public static async IAsyncEnumerable<ParsedRow> ReadAsync(Stream file, CsvFormat format, [EnumeratorCancellation] CancellationToken cancel)
    {
        var header = await CsvHeader.ReadAsync(file, cancel);
        var isExport = ExportColumns.Own.Count > 0 && ExportColumns.Match(header.Text.Split(header.Separator).Select(n => n.Trim('"', ' ')));
        format = format with { IsSeparatedByCommas = header.Separator == ',', IsExport = isExport && header.Separator == ',' };
        var malformed = new Dictionary<long, CsvMalformedReason>();
        using var csv = CsvReader.Create(file, new CsvReaderOptions
        {
            HasHeader = false,
            Separator = header.Separator,
            MaxRecordSize = Utf8LineChecker.LongestLine,
            TrackLineNumbers = true,
            PoolStrings = true,
            OnMalformedRecord = record => malformed.Add(record.LineNumber, record.Reason),
        }, leaveOpen: true);
        await NextAsync(csv, cancel);
        var any = false;
        while (await NextAsync(csv, cancel))
        {
            // A spreadsheet leaves empty rows below its table.
            if (IsEmpty(csv)) continue;
            any = true;
            yield return Row(csv, header, format, isExport, malformed);
        }
        if (!any) throw new ProblemException(Problems.EmptyFile.At(new() { Code = "", Row = 1, Message = "the file has a header and no rows" }));
    }

    static async ValueTask<bool> NextAsync(CsvReader csv, CancellationToken cancel)
    {
        try
        {
            return await csv.ReadAsync(cancel);
        }
        catch (CsvFormatException e)
        {
            throw Utf8LineChecker.TooLong(e.LineNumber);
        }
    }

    static bool IsEmpty(CsvReader csv)
    {
        for (var i = 0; i < csv.FieldCount; i++)
            if (!csv[i].IsEmpty && !string.IsNullOrWhiteSpace(csv[i].ToString())) return false;
        return true;
    }

    static ParsedRow Row(CsvReader csv, CsvHeader header, CsvFormat format, bool isExport, Dictionary<long, CsvMalformedReason> malformed)
    {
        var number = (int)Math.Min(csv.LineNumber, int.MaxValue);
        var text = csv.RawRecord.ToArray();
        if (malformed.Remove(csv.LineNumber, out var reason)) return Unreadable(number, text, Complaint(reason));
        if (csv.FieldCount != header.Columns.Count)
            return Unreadable(number, text, $"the row has {csv.FieldCount} cells, the header {header.Columns.Count}{Separated(csv, header)}");
        var claim = new ClaimRequest();
        var errors = new List<ProblemError>();
        for (var i = 0; i < header.Columns.Count; i++)
        {
            if (csv[i].IsEmpty) continue;
            var cell = CsvRowWriter.Unguarded(csv[i].ToString());
            if (format.IsEmpty(cell)) continue;
            if (i >= header.Named) errors.Add(UnnamedCell(number, i, cell));
            if (header.Columns[i] is not { } column) continue;
            if (Value(column, cell, format, number, errors) is { } value) column.Set(claim, value);
        }
        if (isExport) ExportColumns.ClearArticleId(claim);
        return new(number, claim, errors) { Text = text };
    }

    /// <summary>A hint for a row that is one cell under a header of several: its separator is probably the other one.</summary>
    static string Separated(CsvReader csv, CsvHeader header)
    {
        var other = header.Separator == ',' ? ';' : ',';
        return csv.FieldCount == 1 && csv[0].ToString().Contains(other)
            ? $"; the header is separated by {header.Separator} and the row looks separated by {other}: use one of them"
            : "";
    }

    static ProblemError UnnamedCell(int row, int column, string cell) => new()
    {
        Row = row,
        Code = Problems.MalformedRow.Code,
        Message = $"cell {column + 1} of the row is not empty, and its column has no name in the header",
        Value = cell,
    };

    static ParsedRow Unreadable(int number, byte[] text, string message) =>
        new(number, null, [new() { Row = number, Code = Problems.MalformedRow.Code, Message = message }]) { Text = text };

    static object? Value(WireMember column, string cell, CsvFormat format, int row, List<ProblemError> errors)
    {
        if (format.LooksMissing(column.Name, cell))
            return Refuse(Problems.InvalidValue, $"is '{cell.Trim()}', which many tools write for a missing value; leave the cell empty, "
                + $"or send na={cell.Trim()} to read such cells as empty", "na=" + cell.Trim());
        switch (column.Kind)
        {
            case MemberKind.Text: return Text(cell, "");
            case MemberKind.Texts:
                return cell.Split(';').Select((part, i) => Text(part, "/" + i.ToString(CultureInfo.InvariantCulture))).OfType<string>().ToList();
            case MemberKind.Number:
                var (value, complaint) = CsvNumber.Read(cell.Trim(), format);
                return value ?? Refuse(Problems.InvalidNumber, complaint);
            case MemberKind.Whole:
                return long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
                    : Refuse(Problems.InvalidNumber, "a whole number is expected");
            case MemberKind.Flag: return bool.TryParse(cell, out var flag) ? flag : Refuse(Problems.InvalidValue, "true or false is expected");
            default: throw new NotSupportedException($"{column.Name} of a claim is {column.Expected}");
        }

        string? Text(string text, string index)
        {
            var complaint = WireText.Complaint(text);
            if (index.Length > 0 && format.LooksMissing(column.Name, text))
                complaint = ProblemError.InBody(Problems.InvalidValue, null,
                    $"'{text.Trim()}' stands among other names, and many tools write it for a missing value; remove it, or write the name in full", text);
            if (complaint is null) return text.Trim();
            errors.Add(complaint with { Row = row, Column = column.Name, Pointer = $"/{column.Name}{index}" });
            return null;
        }

        object? Refuse(ProblemKind kind, string message, string? suggestion = null)
        {
            errors.Add(new()
            {
                Code = kind.Code, Row = row, Column = column.Name, Pointer = "/" + column.Name, Message = message, Value = cell, Suggestion = suggestion,
            });
            return null;
        }
    }

    static string Complaint(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote => "a quote stands inside of a cell that is not quoted; quote the cell, and double the quote",
        CsvMalformedReason.TextAfterClosingQuote => "text follows the closing quote of a cell; a quote inside of a cell is doubled",
        CsvMalformedReason.UnterminatedQuote => "a quoted cell is never closed",
        _ => "the row is not CSV",
    };
}
