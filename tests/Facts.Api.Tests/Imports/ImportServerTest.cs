using System.Net.Http.Headers;
using Facts.Api.Tests.EmbeddedPostgres;
using Facts.Api.Tests.Hosting;

namespace Facts.Api.Tests.Imports;

/// <summary>Imports into services that are processes of their own.</summary>
public abstract class ImportServerTest : ServerTest
{
    protected const string Key = "a-key-of-the-tests-0123456789";

    private protected static Dictionary<string, string> Settings(string database, string data) => new()
    {
        ["ConnectionStrings__Facts"] = database, ["Facts__DataDirectory"] = data, ["Facts__AdminKey"] = Key, ["Facts__Sample"] = "false",
    };

    private protected static async Task<RunningService> StartAsync(string database, string data)
    {
        var service = new RunningService(Settings(database, data), []);
        await service.AnswersAsync();
        return service;
    }

    private protected static HttpClient Client(RunningService service) => new()
    {
        BaseAddress = new Uri(service.Address), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Key) },
        Timeout = TimeSpan.FromMinutes(5),
    };

    private protected static async Task<int> CountAsync(HttpClient api, string noun) =>
        (await new Case(api).GetAsync($"/v1/{noun}?count=exact&limit=1")).Number("count");

    private protected static async Task VerifyAsync(HttpClient api) =>
        Assert.Empty((await new Case(api).GetAsync("/v1/verification")).GetProperty("differences").EnumerateArray());

    /// <summary>The number of files in the spool of a data directory.</summary>
    protected static int Spooled(string data) =>
        Directory.Exists(Path.Combine(data, "spool")) ? Directory.GetFiles(Path.Combine(data, "spool"), "*.load").Length : 0;
}
