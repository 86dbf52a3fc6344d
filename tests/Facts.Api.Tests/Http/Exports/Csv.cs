using System.Text;
using CsvHelper;

namespace Facts.Api.Tests.Http.Exports;

/// <summary>Reads CSV with a reader that is not ours.</summary>
static class Csv
{
    /// <summary>All lines, the names too.</summary>
    public static async Task<List<List<string>>> ReadAsync(string text)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using var csv = CsvReader.Create(file, new CsvReaderOptions { HasHeader = false });
        var lines = new List<List<string>>();
        while (await csv.ReadAsync(TestContext.Current.CancellationToken)) lines.Add([.. Enumerable.Range(0, csv.FieldCount).Select(i => csv[i].ToString())]);
        return lines;
    }
}
