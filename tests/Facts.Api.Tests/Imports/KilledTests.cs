using System.Net.Http.Headers;
using Facts.Api.Tests.Balances;
using Facts.Api.Tests.Running;
using Facts.Api.Tests.Support;

namespace Facts.Api.Tests.Imports;

/// <summary>The real service, killed in the middle of a large load.</summary>
public sealed class KilledTests(Databases databases) : IDisposable
{
    const string Key = "a-key-of-the-tests-0123456789";
    const int Rows = 8_000;

    readonly string _data = Directory.CreateTempSubdirectory("facts-killed-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_load_that_a_kill_cuts_short_is_wholly_there_after_the_next_start()
    {
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings__Facts"] = await databases.NewDatabaseAsync(), ["Facts__DataDirectory"] = _data, ["Facts__AdminKey"] = Key, ["Facts__Sample"] = "false",
        };
        var file = "external_id,article_url,article_published_on,kind,donors,recipient,items,quantity,unit\n"
            + string.Concat(Enumerable.Range(1, Rows).Select(i => $"{i},https://example.org/{i % 50},2024-12-04,pledge,DEU,UKR,shell,{i % 7 + 1},round\n"));
        var number = 0;
        foreach (var wait in new[] { 0, 700, 2_000 })
        {
            await using var service = new RunningService(settings, []);
            await service.AnswersAsync();
            using var api = Client(service);
            if (number == 0)
            {
                var (status, report) = await api.LoadAsync(file, "create_missing=true");
                Assert.Equal(202, status);
                number = report.Number("id");
            }
            await Task.Delay(wait, Loading.Cancel);
            service.Process.Kill();
        }

        await using var last = new RunningService(settings, []);
        await last.AnswersAsync();
        using var admin = Client(last);
        var ended = await admin.EndedAsync((await new Case(admin).GetAsync($"/v1/imports/{number}")));
        Assert.Equal(("done", Rows), (ended.Word("state"), ended.Number("rows_created")));
        Assert.Empty((await new Case(admin).GetAsync("/v1/verification")).GetProperty("differences").EnumerateArray());
        var claims = await new Case(admin).GetAsync("/v1/claims?count=exact&limit=1");
        Assert.Equal(Rows, claims.Number("count"));
        var (_, again) = await admin.LoadAsync(file, "create_missing=true");
        Assert.Equal(Rows, (await admin.EndedAsync(again)).Number("rows_unchanged"));
        Assert.Empty(Directory.GetFiles(Path.Combine(_data, "spool"), "*.load"));
    }

    static HttpClient Client(RunningService service) => new()
    {
        BaseAddress = new Uri(service.Address), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Key) }, Timeout = TimeSpan.FromMinutes(5),
    };
}
