using System.Net;
using System.Net.Http.Headers;

namespace Facts.Api.Tests.Access;

/// <summary>The settings of access: reading only with a key, and the rate limits.</summary>
public sealed class AccessSettingsTests(Databases databases)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_anonymous_reading_a_key_needs_the_scope_read()
    {
        await using var service = await StartAsync("Access:AnonymousRead", "false");
        var (reader, contributor) = (await AsAsync(service, "read"), await AsAsync(service, "contribute"));
        foreach (var path in new[] { "/v1/claims", "/v1/balances", "/v1/parties/DEU", "/v1/changes" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await service.Anonymous.GetAsync(path, Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync(path, Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await service.Admin.GetAsync(path, Cancel)).StatusCode);
            var refused = await contributor.GetAsync(path, Cancel);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Equal("this needs a key with the scope read; this one has contribute", (await Case.ReadAsync(refused)).GetProperty("detail").GetString());
        }
    }

    [Fact]
    public async Task Each_key_and_each_address_has_a_limit_of_requests_in_a_minute()
    {
        await using var service = await StartAsync("Access:RequestsPerMinute", "3");
        var first = await service.Anonymous.GetAsync("/v1/parties/DEU", Cancel);
        Assert.Equal("\"default\";r=2", first.Headers.GetValues("RateLimit").Single());
        Assert.Equal("\"default\";q=3;w=60", first.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Contains("RateLimit", first.Headers.GetValues("Access-Control-Expose-Headers").Single());
        Assert.Equal(HttpStatusCode.NotFound, (await service.Anonymous.GetAsync("/v1/parties/nobody", Cancel)).StatusCode);
        await service.Anonymous.GetAsync("/v1/parties/DEU", Cancel);

        var refused = await service.Anonymous.GetAsync("/v1/parties/DEU", Cancel);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("too_many_requests", (await Case.ReadAsync(refused)).GetProperty("code").GetString());
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal("\"default\";r=0", refused.Headers.GetValues("RateLimit").Single());

        Assert.Equal(HttpStatusCode.OK, (await service.Admin.GetAsync("/v1/parties/DEU", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.Anonymous.GetAsync("/livez", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_caller_that_guesses_keys_must_wait_and_other_callers_are_answered()
    {
        await using var service = await StartAsync("Access:RequestsPerMinute", "0");
        var guesses = new List<HttpStatusCode>();
        for (var i = 0; i < 650; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/parties/DEU");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"fct_guess{i:D20}");
            var answer = await service.Anonymous.SendAsync(request, Cancel);
            guesses.Add(answer.StatusCode);
            Assert.Equal(($"\"bad-keys\";r={Math.Max(0, 599 - i)}", "\"bad-keys\";q=600;w=60"),
                (answer.Headers.GetValues("RateLimit").Single(), answer.Headers.GetValues("RateLimit-Policy").Single()));
        }
        Assert.Equal(HttpStatusCode.Unauthorized, guesses[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, guesses[^1]);
        Assert.DoesNotContain(HttpStatusCode.OK, guesses);
        Assert.Equal(HttpStatusCode.OK, (await service.Admin.GetAsync("/v1/parties/DEU", Cancel)).StatusCode);
        var open = await service.Anonymous.GetAsync("/v1/parties/DEU", Cancel);
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        Assert.False(open.Headers.Contains("RateLimit"));
    }

    async Task<FactsService> StartAsync(string name, string value)
    {
        var service = new FactsService(databases).With(name, value);
        await service.InitializeAsync();
        return service;
    }

    static async Task<HttpClient> AsAsync(FactsService service, string scope)
    {
        var made = await service.Admin.PostAsync("/v1/keys", Case.Json($$"""{"name":"a test","scopes":["{{scope}}"]}""", "application/json"), Cancel);
        var client = service.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await Case.ReadAsync(made)).GetProperty("key").GetString());
        return client;
    }
}
