using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;

namespace Facts.Api.Tests.Projections;

/// <summary>Many writers at once. <c>FACTS_WRITER_LOADS</c> is the number of imports that each sends: 5, or 20 for 4,000 claims.</summary>
public sealed class ConcurrentWriterTests(FactsService service) : IClassFixture<FactsService>
{
    const int Writers = 8, Claims = 25;

    static readonly int Loads = int.TryParse(Environment.GetEnvironmentVariable("FACTS_WRITER_LOADS"), out var n) ? n : 5;

    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eight_concurrent_writers_on_one_partition_and_on_many_lose_nothing_and_never_deadlock()
    {
        // A third of the connections that write may wait for one place, and here all writers do.
        service.ConnectionString = new NpgsqlConnectionStringBuilder(service.ConnectionString) { MaxPoolSize = 60 }.ConnectionString;
        await Case.AddItemsAsync(service.Admin);
        var acknowledged = await Task.WhenAll(Enumerable.Range(0, Writers).Select(WriteAsync));

        Assert.Equal(Writers * Loads * Claims, acknowledged.Sum());
        var stored = JsonDocument.Parse(await service.Anonymous.GetStringAsync("/v1/claims?count=exact&limit=1", Cancel)).RootElement;
        Assert.Equal(Writers * Loads * Claims, stored.GetProperty("count").GetInt64());
        Assert.Empty(await service.DifferencesAsync());
        Assert.Equal(0L, await service.DeadlocksAsync());
        Assert.Equal((long)Writers * Loads, await service.ScalarAsync("select count(*) from changes where kind = 'claims'"));
    }

    // One claim in ten goes where all writers write, some name keys that others name too, the rest where nobody else does.
    async Task<int> WriteAsync(int writer)
    {
        var created = 0;
        for (var load = 0; load < Loads; load++)
        {
            var lines = Enumerable.Range(0, Claims).Select(i => Claim(writer, load, i).ToJsonString());
            using var body = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
            using var answer = await service.Admin.PostAsync("/v1/imports?create_missing=true", body, Cancel);
            var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement;
            Assert.True(answer.StatusCode == HttpStatusCode.OK, report.ToString());
            created += report.GetProperty("rows_created").GetInt32();
        }
        return created;
    }

    static JsonObject Claim(int writer, int load, int i)
    {
        var isShared = i % 10 == 0;
        var claim = new JsonObject
        {
            ["external_id"] = $"{writer}-{load}-{i}", ["article_external_id"] = $"article {writer}-{load}", ["article_publisher"] = $"Outlet {writer}",
            ["kind"] = (i % 3) switch { 0 => "pledge", 1 => "delivery", _ => "request" },
            ["donors"] = new JsonArray(isShared ? "DEU" : $"Giver {writer}-{i % 5}"),
            ["recipient"] = isShared ? "UKR" : $"Taker {load % 10}", ["items"] = new JsonArray("iris-t"), ["unit"] = "system", ["quantity"] = 1 + i,
            ["stated_on"] = $"2024-{1 + load % 12:00}-{1 + i:00}",
        };
        if (i % 3 == 0 && i % 4 == 1) claim["commitment"] = $"key {load % 10}-{i}";
        return claim;
    }
}
