using System.Text;
using System.Text.Json;
using Facts.Api.Tests.Imports;

namespace Facts.Api.Tests.Hosting;

public sealed class GrownTableTests(FactsService service) : IClassFixture<FactsService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    /// <summary>PostgreSQL itself would look at the table within a minute, and note that as <c>last_autoanalyze</c>.</summary>
    [Fact]
    public async Task A_table_that_has_grown_much_is_analyzed_soon()
    {
        var lines = Enumerable.Range(0, 1_500).Select(i => JsonSerializer.Serialize(new
        {
            external_id = $"{i}", article_url = "https://example.org/grown", article_published_on = "2024-01-01", kind = "pledge", donors = new[] { "DEU" },
            recipient = "UKR", items = new[] { "iris-t" }, quantity = 1, unit = "system",
        }));
        using var body = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
        using var answer = await service.Admin.PostAsync("/v1/imports?create_missing=true", body, Cancel);
        var report = await service.Admin.EndedAsync(await Case.ReadAsync(answer));
        Assert.Equal(1_500, report.GetProperty("rows_created").GetInt32());

        for (var until = Environment.TickCount64 + 30_000; Environment.TickCount64 < until; await Task.Delay(200, Cancel))
            if (await service.ScalarAsync("select count(*) from pg_stat_user_tables where relname = 'claims' and last_analyze is not null") is 1L) return;
        Assert.Fail("the table of claims is not analyzed");
    }
}
