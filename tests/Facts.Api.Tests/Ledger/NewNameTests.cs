using System.Net;
using System.Text;
using System.Text.Json.Nodes;
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
        Assert.Equal(2L * times * names, await service.ScalarAsync("select count(*) from parties where name like 'New giver %' or name like 'New taker %'"));
        Assert.Equal((long)times * names, await service.ScalarAsync("select count(*) from items where name like 'New thing %'"));
        Assert.Equal((long)times * names, await service.ScalarAsync("select count(*) from articles where external_id like 'new %'"));
        Assert.Equal((long)times * names * writers, await service.ScalarAsync("select count(*) from claims where external_id like 'new %'"));

        async Task BringAsync(int writer, int time, Random random)
        {
            var order = Enumerable.Range(0, names).ToArray();
            random.Shuffle(order);
            var lines = order.Select(i => new JsonObject
            {
                ["external_id"] = $"new {writer}", ["article_external_id"] = $"new {time}-{i}", ["kind"] = "pledge", ["donors"] = new JsonArray($"New giver {time}-{i}"),
                ["recipient"] = $"New taker {time}-{names - i}", ["items"] = new JsonArray($"New thing {time}-{i}"), ["unit"] = "system", ["quantity"] = 1, ["stated_on"] = "2024-01-01",
            }.ToJsonString());
            using var body = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
            using var answer = await service.Admin.PostAsync("/v1/imports?create_missing=true", body, Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancel));
        }
    }
}
