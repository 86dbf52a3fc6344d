using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Facts.Api.Tests.Hosting;

/// <summary>The disk of the embedded PostgreSQL, with its log, is full.</summary>
public sealed class FullDiskTests
{
    const string Key = "key-of-the-full-disk-tests";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_are_refused_and_reads_go_on_until_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 200);
        await using var service = new RunningService(new Dictionary<string, string>
        {
            ["Facts__DataDirectory"] = Path.Combine(disk.Path, "facts"),
            ["Facts__AdminKey"] = Key,
            ["Facts__Sample"] = "true",
        }, []);
        await service.AnswersAsync();
        using var caller = new HttpClient { BaseAddress = new(service.Address) };
        caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        Assert.Equal(HttpStatusCode.Created, await WriteAsync(1));

        var rest = Path.Combine(disk.Path, "rest");
        await using (var file = File.Create(rest))
            await Assert.ThrowsAnyAsync<IOException>(async () =>
            {
                for (var block = new byte[1 << 20]; ;) await file.WriteAsync(block, Cancel);
            });

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.InsufficientStorage, await WriteAsync(2));
            foreach (var path in new[] { "/v1/claims?limit=1", "/v1/balances", "/v1/claims?format=csv", "/readyz" })
                Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync(path, Cancel)).StatusCode);
        }

        File.Delete(rest);
        Assert.Equal(HttpStatusCode.Created, await WriteAsync(2));

        async Task<HttpStatusCode> WriteAsync(int number) =>
            (await caller.PostAsJsonAsync("/v1/articles", new { url = $"https://full.example/{number}" }, Cancel)).StatusCode;
    }
}
