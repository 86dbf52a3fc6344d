using System.Net.Http.Headers;
using System.Text.Json;
using Facts.Api.Tests.EmbeddedPostgres;
using Facts.Api.Tests.Hosting;

namespace Facts.Api.Tests.Imports;

/// <summary>Two services on one store. Each has a data directory of its own, as on two machines.</summary>
public sealed class TakenOverImportTests(Databases databases) : ServerTest
{
    const string Key = "a-key-of-the-tests-0123456789";
    const int Rows = 1_500;

    [Fact]
    public async Task Another_service_takes_over_the_import_of_a_dead_one_and_a_caller_cancels_it_anywhere()
    {
        var database = await databases.NewDatabaseAsync();
        await using var other = await StartAsync(database, "other");
        using var api = Client(other);
        JsonElement queued;
        await using (var first = await StartAsync(database, "first"))
        {
            using var own = Client(first);
            queued = (await own.LoadAsync(ImportCaller.Table("taken", Rows), "create_missing=true")).Body;
            await RunningAsync(own, queued);
            first.Process.Kill();
        }

        var ended = await api.EndedAsync(queued, minutes: 1);
        Assert.Equal(("done", $"{Rows} read, {Rows} created, 0 updated, 0 unchanged, 0 failed"), (ended.Word("state"), ended.Counts()));
        Assert.Empty((await new Case(api).GetAsync("/v1/verification")).GetProperty("differences").EnumerateArray());

        await using var third = await StartAsync(database, "third");
        using var stranger = Client(third);
        queued = (await api.LoadAsync(ImportCaller.Table("cancelled", 60_000), "create_missing=true")).Body;
        await RunningAsync(stranger, queued);
        using var answer = await stranger.DeleteAsync($"/v1/imports/{queued.Number("id")}", Cancel);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        ended = await stranger.EndedAsync(queued, minutes: 1);
        Assert.Equal(("cancelled", "it was cancelled"), (ended.Word("state"), ended.Word("reason")));
        Assert.Equal(Rows, (await new Case(api).GetAsync("/v1/claims?count=exact&limit=1")).Number("count"));
    }

    async Task<RunningService> StartAsync(string database, string name)
    {
        var service = new RunningService(new Dictionary<string, string>
        {
            ["ConnectionStrings__Facts"] = database, ["Facts__DataDirectory"] = Path.Combine(Below, name), ["Facts__AdminKey"] = Key, ["Facts__Sample"] = "false",
        }, []);
        await service.AnswersAsync();
        return service;
    }

    static HttpClient Client(RunningService service) => new()
    {
        BaseAddress = new Uri(service.Address), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Key) },
    };

    static async Task RunningAsync(HttpClient api, JsonElement import)
    {
        for (var until = Environment.TickCount64 + 60_000; ; await Task.Delay(20, Cancel))
        {
            var now = await new Case(api).GetAsync($"/v1/imports/{import.Number("id")}");
            if (now.Word("state") == "running") return;
            Assert.True(now.Word("state") == "queued" && Environment.TickCount64 < until, now.ToString());
        }
    }
}
