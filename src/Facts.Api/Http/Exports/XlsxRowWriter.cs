using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Facts.Api.Http;

/// <summary>
/// Writes a workbook of one sheet with a line of column names. Numbers, days and instants (UTC) have their own cell types; a text is written
/// unchanged. The workbook is written to a temporary file first, so that a failure is an error before anything is sent. Uses constant memory.
/// </summary>
internal static class XlsxRowWriter
{
    /// <summary>Most rows of a sheet: 1,048,576 lines, of which one holds the names.</summary>
    public const int MaxRows = 1_048_575;

    const int MaxCharacters = 32_767;

    // Day 60 of a workbook's calendar is 29 February 1900, which did not exist. From day 61 on all programs agree.
    static readonly DateOnly FirstDay = new(1900, 3, 1);

    // Excel accepts cells without a reference; other readers do not.
    static readonly SpreadCheetahOptions Options = new() { WriteCellReferenceAttributes = true, PreserveStringWhitespace = true };

    /// <summary>The file, positioned at its beginning. It is deleted when it is closed.</summary>
    /// <param name="reader">The reader, at its first row if there is one.</param>
    /// <param name="more">True if there is a first row.</param>
    public static async Task<Stream> WriteAsync(IReadOnlyList<Column> columns, string sheet, RowReader reader, bool more, CancellationToken cancel)
    {
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"facts-{Guid.NewGuid():N}.xlsx"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
        });
        try
        {
            await using var workbook = await Spreadsheet.CreateNewAsync(file, Options, cancel);
            var names = workbook.AddStyle(new Style { Font = { Bold = true } });
            StyleId?[] styles =
                [.. columns.Select(c => Shape(c.Kind) is { } shape ? workbook.AddStyle(new Style { Format = NumberFormat.Custom(shape.Format) }) : null)];
            await workbook.StartWorksheetAsync(sheet, Sheet(columns), cancel);
            await workbook.AddHeaderRowAsync([.. columns.Select(c => c.Name)], names, cancel);
            var row = new Cell[columns.Count];
            for (; more; more = await reader.NextAsync(cancel))
            {
                for (var i = 0; i < row.Length; i++) row[i] = reader.IsNull(i) ? default : new Cell(Value(columns[i], reader, i), styles[i]);
                await workbook.AddRowAsync(row, cancel);
            }
            await workbook.FinishAsync(cancel);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>The format of the dates of a column, and its width in characters; null for other columns.</summary>
    static (string Format, int Width)? Shape(CellKind kind) => kind switch
    {
        CellKind.Day => ("yyyy-mm-dd", 12),
        CellKind.Instant => ("yyyy-mm-dd hh:mm:ss", 20),
        _ => null,
    };

    static WorksheetOptions Sheet(IReadOnlyList<Column> columns)
    {
        var sheet = new WorksheetOptions { FrozenRows = 1 };
        foreach (var (i, column) in columns.Index())
            if (Shape(column.Kind) is { } shape) sheet.Column(i + 1).Width = shape.Width;
        return sheet;
    }

    static DataCell Value(Column column, RowReader reader, int i) => column.Kind switch
    {
        CellKind.Text => new(Fitting(column, reader.Text(i))),
        CellKind.Set => new(Fitting(column, string.Join(';', reader.Set(i)))),
        CellKind.Nested => new(Fitting(column, reader.Nested(i))),
        CellKind.Whole => new(reader.Whole(i)),
        CellKind.Number => new(Json.Plain(reader.Number(i))),
        CellKind.Flag => new(reader.Flag(i)),
        CellKind.Day => reader.Day(i) is var day && day >= FirstDay ? new(day.ToDateTime(TimeOnly.MinValue)) : new(WireValue.Format(day)),
        CellKind.Instant => new(reader.Instant(i)),
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };

    static string Fitting(Column column, string text) => text.Length <= MaxCharacters ? text : throw new ProblemException(Problems.TooManyRows.Because(
        $"a cell of a workbook holds {MaxCharacters} characters, and '{column.Name}' has one with {text.Length}; ask for csv, ndjson or parquet"));
}
