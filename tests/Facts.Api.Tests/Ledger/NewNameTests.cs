using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Facts.Api.Tests.Balances;
using Facts.Api.Tests.Imports;
using Facts.Api.Tests.Support;

namespace Facts.Api.Tests.Ledger;

/// <summary>Names that are new to the store, from many writers at once.</summary>
public sealed class NewNameTests(FactsService service) : IClassFixture<FactsService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    /// <summary>Each names them in another order, so each would begin with another one.</summary>
    [Fact]
    public async Task Those_who_bring_the_same_new_parties_items_and_articles_at_once_never_wait_in_a_circle()
    {
        const int writers = 8, names = 300, times = 2;
        for (var time = 0; time < times; time++)
            await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => BringAsync(writer, time, new Random(writer))));

        Assert.Equal(0L, await service.ScalarAsync(WriterTests.Deadlocks));
        Assert.Equal(2L * times * names, await service.ScalarAsync("select count(*) from parties where name ~ '^New (giver|taker) [01]-'"));
        Assert.Equal((long)times * names, await service.ScalarAsync("select count(*) from items where name ~ '^New thing [01]-'"));
        Assert.Equal((long)times * names, await service.ScalarAsync("select count(*) from articles where external_id ~ '^new [01]-'"));
        Assert.Equal((long)times * names * writers, await service.ScalarAsync("select count(*) from claims where external_id like 'new %'"));

        async Task BringAsync(int writer, int time, Random random)
        {
            var order = Enumerable.Range(0, names).ToArray();
            random.Shuffle(order);
            using var answer = await SendAsync(order.Select(i => Line($"new {writer}", time, i, names)));
            Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancel));
        }
    }

    /// <summary>The load makes them chunk by chunk, from the last to the first; the others make some of them in the order of their names.</summary>
    [Fact]
    public async Task Who_brings_names_that_a_long_load_brings_never_waits_in_a_circle_with_it()
    {
        const int names = 4_000, writers = 4, times = 12, time = 7;
        using var load = await SendAsync(Enumerable.Range(0, names).Reverse().Select(i => Line("long", time, i, names)), "&async=true");
        Assert.Equal(HttpStatusCode.Accepted, load.StatusCode);
        var others = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => BringAsync(writer, new Random(writer))));
        var report = await service.Admin.EndedAsync(await Case.ReadAsync(load));
        await others;

        Assert.Equal("done", report.GetProperty("state").GetString());
        Assert.Equal(0L, await service.ScalarAsync(WriterTests.Deadlocks));
        Assert.Equal((long)names, await service.ScalarAsync("select count(*) from claims where external_id = 'long'"));
        Assert.Equal((long)writers * times * 2, await service.ScalarAsync("select count(*) from claims where external_id like 'short %'"));
        Assert.Equal(2L * names, await service.ScalarAsync($"select count(*) from parties where name like 'New giver {time}-%' or name like 'New taker {time}-%'"));

        async Task BringAsync(int writer, Random random)
        {
            for (var i = 0; i < times; i++)
            {
                using var answer = await SendAsync(new[] { random.Next(names), random.Next(names) }.Select((n, j) => Line($"short {writer} {i} {j}", time, n, names)));
                Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancel));
            }
        }
    }

    static string Line(string id, int time, int i, int names) => new JsonObject
    {
        ["external_id"] = id, ["article_external_id"] = $"new {time}-{i}", ["kind"] = "pledge", ["donors"] = new JsonArray($"New giver {time}-{i}"),
        ["recipient"] = $"New taker {time}-{names - i}", ["items"] = new JsonArray($"New thing {time}-{i}"), ["unit"] = "system", ["quantity"] = 1, ["stated_on"] = "2024-01-01",
    }.ToJsonString();

    async Task<HttpResponseMessage> SendAsync(IEnumerable<string> lines, string more = "")
    {
        using var body = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
        return await service.Admin.PostAsync("/v1/imports?create_missing=true" + more, body, Cancel);
    }
}
