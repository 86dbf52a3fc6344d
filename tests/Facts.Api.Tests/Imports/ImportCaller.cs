using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Facts.Api.Tests.Imports;

/// <summary>Sends files and follows imports, as a caller does.</summary>
static class ImportCaller
{
    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public const string Header = "external_id,article_url,article_published_on,kind,donors,recipient,items,quantity,unit";

    // With 100,000 rows, some hundred rows for each.
    public static readonly string[] Recipients = States();

    static string[] States()
    {
        using var csv = new StreamReader(typeof(Program).Assembly.GetManifestResourceStream("Facts.Api.Catalogue.states.csv")!);
        return [.. csv.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[0])];
    }

    /// <summary>A row of a long table of pledges.</summary>
    public static string Pledge(string table, int row) =>
        $"{row},https://example.org/{table}/{row % 100},2024-12-04,pledge,DEU,{Recipients[row / 100 % Recipients.Length]},shell,{row},round";

    /// <summary>A long table of pledges with different numbers.</summary>
    public static string Table(string table, int rows) => Header + "\n" + string.Concat(Enumerable.Range(1, rows).Select(row => Pledge(table, row) + "\n"));

    public static async Task<(int Status, JsonElement Body)> LoadAsync(this HttpClient api, string file, string query = "", string type = "text/csv")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(file));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        var answer = await api.PostAsync("/v1/imports?" + query, content, Cancel);
        return ((int)answer.StatusCode, await Case.ReadAsync(answer));
    }

    /// <summary>The report, once the import has ended.</summary>
    public static async Task<JsonElement> EndedAsync(this HttpClient api, JsonElement report, int minutes = 5)
    {
        for (var until = Environment.TickCount64 + minutes * 60_000; ; await Task.Delay(100, Cancel))
        {
            var now = JsonDocument.Parse(await api.GetStringAsync($"/v1/imports/{report.GetProperty("id")}", Cancel)).RootElement;
            if (now.GetProperty("finished_at").ValueKind != JsonValueKind.Null) return now;
            Assert.True(Environment.TickCount64 < until, $"the load does not end: {now}");
        }
    }

    public static int Number(this JsonElement report, string name) => report.GetProperty(name).GetInt32();

    public static string Word(this JsonElement report, string name) => report.GetProperty(name).GetString()!;

    /// <summary>Created, updated, unchanged, failed.</summary>
    public static string Counts(this JsonElement report) =>
        $"{report.Number("rows_read")} read, {report.Number("rows_created")} created, {report.Number("rows_updated")} updated, {report.Number("rows_unchanged")} unchanged, {report.Number("rows_failed")} failed";
}
