using System.Data;
using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.OpenXml;

namespace Facts.Api.Http;

/// <summary>
/// Cells as a workbook of one sheet with a line of names: numbers, days and instants (UTC) as such. It goes into a temporary file first, since the
/// library writes without awaiting; so memory stays constant, and what cannot be a workbook is an error before anything is sent.
/// </summary>
internal static class XlsxRows
{
    /// <summary>A sheet has 1,048,576 lines, and one holds the names.</summary>
    public const int MostRows = 1_048_575;

    const int MostCharacters = 32_767;

    // Day 60 of a workbook's calendar, 29 February 1900, never was; from the next day on all programs agree.
    static readonly DateOnly FirstDay = new(1900, 3, 1);

    /// <summary>The file, at its beginning; it goes when it is closed.</summary>
    /// <param name="cells">At its first row, where there is one.</param>
    /// <param name="more">Whether there is one.</param>
    public static async Task<Stream> WriteAsync(IReadOnlyList<Column> columns, string sheet, Cells cells, bool more, CancellationToken cancellationToken)
    {
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"facts-{Guid.NewGuid():N}.xlsx"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
        });
        try
        {
            var configuration = new OpenXmlConfiguration { FastMode = false, AutoFilter = false, TableStyles = TableStyles.Default, DynamicColumns = Formatted(columns) };
            await Task.Run(() => file.SaveAs(more ? Rows(columns, cells, cancellationToken) : Empty(columns), true, sheet, ExcelType.XLSX, configuration), cancellationToken);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    static DynamicExcelColumn[] Formatted(IReadOnlyList<Column> columns) =>
    [
        .. columns.Where(c => c.Kind == CellKind.Day).Select(c => new DynamicExcelColumn(c.Name) { Format = "yyyy-mm-dd", Width = 12 }),
        .. columns.Where(c => c.Kind == CellKind.Instant).Select(c => new DynamicExcelColumn(c.Name) { Format = "yyyy-mm-dd hh:mm:ss", Width = 20 }),
    ];

    static DataTable Empty(IReadOnlyList<Column> columns)
    {
        var table = new DataTable();
        foreach (var column in columns) table.Columns.Add(column.Name, typeof(string));
        return table;
    }

    static IEnumerable<IDictionary<string, object?>> Rows(IReadOnlyList<Column> columns, Cells cells, CancellationToken cancellationToken)
    {
        var row = new Dictionary<string, object?>(columns.Count);
        do
        {
            for (var i = 0; i < columns.Count; i++) row[columns[i].Name] = cells.IsNull(i) ? null : Value(columns[i], cells, i);
            yield return row;
        }
        while (cells.NextAsync(cancellationToken).AsTask().GetAwaiter().GetResult());
    }

    static object Value(Column column, Cells cells, int i) => column.Kind switch
    {
        CellKind.Text => Fitting(column, cells.Text(i)),
        CellKind.Set => Fitting(column, string.Join(';', cells.Set(i))),
        CellKind.Nested => Fitting(column, cells.Nested(i)),
        CellKind.Whole => cells.Whole(i),
        CellKind.Number => Json.Plain(cells.Number(i)),
        CellKind.Flag => cells.Flag(i),
        CellKind.Day => cells.Day(i) is var day && day >= FirstDay ? day.ToDateTime(TimeOnly.MinValue) : WireValue.Format(day)!,
        CellKind.Instant => cells.Instant(i),
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };

    static string Fitting(Column column, string text) => text.Length <= MostCharacters ? text : throw new ProblemException(Problems.TooManyRows.Because(
        $"a cell of a workbook holds {MostCharacters} characters, and '{column.Name}' has one with {text.Length}; ask for csv, ndjson or parquet"));
}
