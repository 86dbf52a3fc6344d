using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Facts.Api.Tests.Imports;

namespace Facts.Api.Tests.Projections;

/// <summary>Names that are new to the store, from many writers at once.</summary>
public sealed class NewNameTests(FactsService service) : IClassFixture<FactsService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    /// <summary>Each names them in another order, so each would begin with another one.</summary>
    [Fact]
    public async Task Writers_of_equal_new_parties_items_and_articles_never_deadlock()
    {
        const int writers = 8, names = 100, times = 2;
        for (var time = 0; time < times; time++)
            await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => BringAsync(writer, time, new Random(writer))));

        Assert.Equal(0L, await service.DeadlocksAsync());
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

    /// <summary>
    /// The import adds names batch by batch, from the last to the first. Each other writer adds a name that the import reaches at its end,
    /// and then one that the import has added already.
    /// Editors do it in that order too. Once the import has ended, they get the owners of the names.
    /// </summary>
    [Fact]
    public async Task A_writer_of_names_that_a_long_import_adds_never_deadlocks_with_it()
    {
        const int names = 5_000, writers = 4, time = 7;
        using var load = await SendAsync(Enumerable.Range(0, names).Reverse().Select(i => Line("long", time, i, names)), "&async=true");
        var report = await Case.ReadAsync(load);
        for (var url = $"/v1/imports/{report.GetProperty("id")}"; report.GetProperty("rows_read").GetInt32() < 1_000;)
            report = await new Case(service.Admin).GetAsync(url);
        Assert.Equal(JsonValueKind.Null, report.GetProperty("finished_at").ValueKind);
        var others = Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
        {
            using var answer = await SendAsync([Line($"short {writer}", time, writer, names), Line($"short {writer}", time, names - 1 - writer, names)]);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancel));
        }));
        var editors = Task.WhenAll(Enumerable.Range(writers, writers).Select(async editor =>
        {
            var party = new JsonObject
            {
                ["name"] = $"New giver {time}-{editor:0000}", ["kind"] = "state",
                ["aliases"] = new JsonArray($"New giver {time}-{names - 1 - editor:0000}")
            };
            using var body = new StringContent(party.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await service.Admin.PutAsync($"/v1/parties/editors-{editor}", body, Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.Conflict, await answer.Content.ReadAsStringAsync(Cancel));
        }));
        report = await service.Admin.EndedAsync(report);
        await others;
        await editors;

        Assert.Equal("done", report.GetProperty("state").GetString());
        Assert.Equal(0L, await service.DeadlocksAsync());
        Assert.Equal((long)names, await service.ScalarAsync("select count(*) from claims where external_id = 'long'"));
        Assert.Equal(2L * writers, await service.ScalarAsync("select count(*) from claims where external_id like 'short %'"));
        Assert.Equal(2L * names, await service.ScalarAsync($"select count(*) from parties where name ~ '^New (giver|taker) {time}-'"));
    }

    static string Line(string id, int time, int i, int names) => new JsonObject
    {
        ["external_id"] = id, ["article_external_id"] = $"new {time}-{i:0000}", ["kind"] = "pledge", ["donors"] = new JsonArray($"New giver {time}-{i:0000}"),
        ["recipient"] = $"New taker {time}-{names - i:0000}", ["items"] = new JsonArray($"New thing {time}-{i:0000}"), ["unit"] = "system", ["quantity"] = 1,
        ["stated_on"] = "2024-01-01",
    }.ToJsonString();

    async Task<HttpResponseMessage> SendAsync(IEnumerable<string> lines, string more = "")
    {
        using var body = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
        return await service.Admin.PostAsync("/v1/imports?create_missing=true" + more, body, Cancel);
    }
}
