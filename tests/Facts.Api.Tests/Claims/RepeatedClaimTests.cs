using System.Net;
using System.Text.Json;

namespace Facts.Api.Tests.Claims;

/// <summary>A claim that is posted again: the response is the stored claim, and nothing changes.</summary>
public sealed class RepeatedClaimTests(SampledService service) : IClassFixture<SampledService>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_repeated_claim_returns_the_stored_claim()
    {
        var (first, stored) = await PostAsync(service.Admin, Pledge("same", 2));
        var version = await VersionAsync();
        var (again, found) = await PostAsync(service.Admin, Pledge("same", 2));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal(stored.ToString(), found.ToString());
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        Assert.Null(again.Headers.Location);
        Assert.Equal(version, await VersionAsync());
    }

    [Fact]
    public async Task The_key_of_the_caller_makes_no_difference()
    {
        var (_, stored) = await PostAsync(service.Admin, Pledge("others", 2));
        var made = await Case.ReadAsync(await service.Admin.PostAsync("/v1/keys",
            Case.Json("""{"name":"another","scopes":["contribute"]}""", "application/json"), Cancel));
        using var other = service.CreateClient();
        other.DefaultRequestHeaders.Add("X-Api-Key", made.GetProperty("key").GetString());
        var (again, found) = await PostAsync(other, Pledge("others", 2));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(stored.ToString(), found.ToString());
    }

    [Fact]
    public async Task A_changed_claim_supersedes_the_old_one_once()
    {
        var (_, old) = await PostAsync(service.Admin, Pledge("changed", 2));
        var (changed, next) = await PostAsync(service.Admin, Pledge("changed", 3));
        var (again, found) = await PostAsync(service.Admin, Pledge("changed", 3));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (changed.StatusCode, again.StatusCode));
        Assert.StartsWith("\"1-", changed.Headers.ETag?.ToString());
        Assert.Equal(3, next.GetProperty("quantity_low").GetInt32());
        Assert.Equal(next.ToString(), found.ToString());
        var before = await Case.ReadAsync(await service.Anonymous.GetAsync($"/v1/claims/{old.GetProperty("id")}", Cancel));
        Assert.Equal(next.GetProperty("id").GetInt64(), before.GetProperty("superseded_by").GetInt64());
    }

    [Fact]
    public async Task Without_an_external_id_each_post_is_a_new_claim()
    {
        var (first, one) = await PostAsync(service.Admin, Pledge(null, 2));
        var (second, other) = await PostAsync(service.Admin, Pledge(null, 2));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.NotEqual(one.GetProperty("id").GetInt64(), other.GetProperty("id").GetInt64());
    }

    static string Pledge(string? name, int quantity) => JsonSerializer.Serialize(new
    {
        external_id = name,
        article_url = "https://example.org/again",
        article_published_on = "2024-12-04",
        kind = "pledge",
        donors = new[] { "DEU" },
        recipient = "UKR",
        items = new[] { "iris-t" },
        quantity,
    });

    static async Task<(HttpResponseMessage Answer, JsonElement Claim)> PostAsync(HttpClient api, string claim)
    {
        var answer = await api.PostAsync("/v1/claims", Case.Json(claim, "application/json"), Cancel);
        return (answer, await Case.ReadAsync(answer));
    }

    async Task<long> VersionAsync() =>
        (await Case.ReadAsync(await service.Anonymous.GetAsync("/v1/claims?limit=1", Cancel))).GetProperty("dataset_version").GetInt64();
}
