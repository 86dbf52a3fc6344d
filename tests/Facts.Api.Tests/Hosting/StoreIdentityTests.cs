using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Facts.Api.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Facts.Api.Tests.Hosting;

/// <summary>A caller notices that the store was restored; and a store whose stored results are wrong can be mended.</summary>
public sealed class StoreIdentityTests(Databases databases)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<FactsService> SampledAsync()
    {
        var service = new FactsService(databases) { ConnectionString = await databases.NewDatabaseAsync() };
        await RunAsync(service, Sample.LoadAsync);
        return service;
    }

    static async Task RunAsync(FactsService service, Verb verb)
    {
        await using var scope = service.Services.CreateAsyncScope();
        await verb(scope.ServiceProvider, Cancel);
    }

    static async Task<HttpResponseMessage> AskAsync(FactsService service, string path, string? header = null, string? value = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (header is not null) request.Headers.TryAddWithoutValidation(header, value);
        return await service.Anonymous.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }

    [Fact]
    public async Task After_a_new_epoch_no_old_ETag_cursor_or_event_id_holds()
    {
        await using var before = await SampledAsync();
        string[] paths = ["/v1/claims/1", "/v1/claims?limit=1", "/v1/balances", "/", "/commitments/2"];
        var tags = new List<string>();
        foreach (var path in paths)
        {
            tags.Add((await AskAsync(before, path)).Headers.ETag!.ToString());
            Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(before, path, "If-None-Match", tags[^1])).StatusCode);
        }
        var page = await (await AskAsync(before, paths[1])).Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var next = page.GetProperty("next").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(before, next)).StatusCode);

        await RunAsync(before, NewEpoch.RunAsync);
        await using var after = new FactsService(databases) { ConnectionString = before.ConnectionString };

        foreach (var (path, tag) in paths.Zip(tags))
            Assert.Equal(HttpStatusCode.OK, (await AskAsync(after, path, "If-None-Match", tag)).StatusCode);
        Assert.Equal("cursor_mismatch", await CodeAsync(await AskAsync(after, next)));
        Assert.Equal("cursor_mismatch", await CodeAsync(await AskAsync(after, "/v1/changes/events", "Last-Event-ID", "1-00000000")));
        using var patch = new HttpRequestMessage(HttpMethod.Patch, "/v1/parties/DEU")
        {
            Content = JsonContent.Create(new { name = "Germany" }),
            Headers = { { "If-Match", tags[0] } },
        };
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await after.Admin.SendAsync(patch, Cancel)).StatusCode);
        // The id of an article that was lost names no other one.
        var article = await after.Admin.PostAsJsonAsync("/v1/articles", new { url = "https://example.org/after" }, Cancel);
        Assert.InRange((await article.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetInt64(), 1_000_000, 1_100_000);
    }

    static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString();

    [Fact]
    public async Task The_verb_rebuild_mends_wrong_results()
    {
        await using var service = await SampledAsync();
        var right = await BalancesAsync(service);
        await service.ScalarAsync("with gone as (delete from totals returning 1) select count(*) from gone");
        Assert.NotEmpty(await service.DifferencesAsync());

        await RunAsync(service, Rebuilding.RunAsync);

        Assert.Empty(await service.DifferencesAsync());
        Assert.Equal(right, await BalancesAsync(service));
    }

    static async Task<string> BalancesAsync(FactsService service) =>
        JsonDocument.Parse(await service.Anonymous.GetStringAsync("/v1/balances?as_of=2025-01-01&group_by=donor", Cancel))
            .RootElement.GetProperty("items").ToString();
}
