using Facts.Api.Http;

namespace Facts.Api.Tests.Http;

/// <summary>Errors, methods, ETags, keys and headers of the interface, over rows in memory.</summary>
public sealed class HttpInterfaceTests
{
    [Theory]
    [InlineData("GET", "/v1/nothing", "404 not_found []")]
    [InlineData("GET", "/v1/promises/x", "404 not_found []")]
    [InlineData("DELETE", "/v1/promises", "405 method_not_allowed []")]
    [InlineData("TRACE", "/v1/promises", "405 method_not_allowed []")]
    [InlineData("GET", "/v1/promises/3?as_off=2024-01-01", "400 unknown_parameter [as_off: unknown_parameter]")]
    [InlineData("GET", "/v1/fault", "500 internal_error []")]
    [InlineData("GET", "/v1/down", "503 unavailable []")]
    public async Task Every_error_has_one_shape(string method, string path, string expected)
    {
        await using var app = await HttpApp.StartAsync();
        var response = await app.SendAsync(method, path);
        Assert.Equal(expected, await HttpApp.Summary(response));
        Assert.DoesNotContain("select", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_wrong_method_is_answered_with_the_allowed_ones()
    {
        await using var app = await HttpApp.StartAsync();
        Assert.Equal(["GET", "HEAD", "POST", "OPTIONS"], (await app.SendAsync("DELETE", "/v1/promises")).Content.Headers.Allow);
        var options = await app.SendAsync("OPTIONS", "/v1/promises");
        Assert.Equal(204, (int)options.StatusCode);
        Assert.Equal(["GET", "HEAD", "POST", "OPTIONS"], options.Content.Headers.Allow);
    }

    [Fact]
    public async Task HEAD_is_GET_without_a_body()
    {
        await using var app = await HttpApp.StartAsync();
        foreach (var path in new[] { "/v1/promises", "/v1/promises?format=csv", "/v1/nothing" })
        {
            var get = await app.SendAsync("GET", path);
            var head = await app.SendAsync("HEAD", path);
            Assert.Equal((get.StatusCode, get.Headers.ETag, get.Content.Headers.ContentType),
                (head.StatusCode, head.Headers.ETag, head.Content.Headers.ContentType));
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task An_unchanged_answer_is_not_sent_again()
    {
        await using var app = await HttpApp.StartAsync();
        foreach (var path in new[] { "/v1/promises?donors=USA", "/v1/promises/3" })
        {
            var tag = (await app.SendAsync("GET", path)).Headers.ETag!;
            Assert.Equal(304, (int)(await app.SendAsync("GET", path, null, ("If-None-Match", tag.ToString()))).StatusCode);
            Assert.Equal(200, (int)(await app.SendAsync("GET", path, null, ("If-None-Match", "\"other\""))).StatusCode);
        }
        Assert.NotEqual((await app.SendAsync("GET", "/v1/promises?donors=USA")).Headers.ETag,
            (await app.SendAsync("GET", "/v1/promises?donors=USA", null, ("Accept", "text/csv"))).Headers.ETag);
    }

    [Theory]
    [InlineData(null, 428)]
    [InlineData("\"2\"", 412)]
    [InlineData("\"3\"", 204)]
    public async Task A_change_names_the_version_that_it_changes(string? tag, int status)
    {
        await using var app = await HttpApp.StartAsync();
        (string, string)[] headers = tag is null ? [] : [("If-Match", tag)];
        Assert.Equal(status, (int)(await app.SendAsync("PATCH", "/v1/promises/3", null, [("X-Api-Key", HttpApp.Key), .. headers])).StatusCode);
    }

    [Theory]
    [InlineData("POST", "/v1/promises?dry_run=true", "Bearer " + HttpApp.Key, null, "400 unknown_parameter [dry_run: unknown_parameter]")]
    [InlineData("POST", "/v1/promises", null, null, "401 key_required []")]
    [InlineData("GET", "/v1/promises", "Bearer nonsense", null, "401 bad_key []")]
    [InlineData("GET", "/v1/promises", "Basic Zm9vOmJhcg==", null, "401 bad_key []")]
    [InlineData("GET", "/v1/promises", null, "nonsense", "401 bad_key []")]
    [InlineData("GET", "/v1/promises", "Bearer " + HttpApp.Key, "another", "400 two_keys []")]
    [InlineData("GET", "/v1/promises?api_key=x", null, null, "400 key_in_url []")]
    [InlineData("GET", "/v1/promises?title=" + HttpApp.Key, null, null, "400 key_in_url []")]
    public async Task A_wrong_key_is_refused(string method, string path, string? bearer, string? key, string expected)
    {
        await using var app = await HttpApp.StartAsync();
        List<(string, string)> headers = [];
        if (bearer is not null) headers.Add(("Authorization", bearer));
        if (key is not null) headers.Add(("X-Api-Key", key));
        var response = await app.SendAsync(method, path, null, [.. headers]);
        Assert.Equal(expected, await HttpApp.Summary(response));
        Assert.DoesNotContain(HttpApp.Key, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Reading_needs_a_key_if_the_settings_say_so()
    {
        await using var app = await HttpApp.StartAsync(null, ("Access:AnonymousRead", "false"));
        Assert.Equal("401 key_required []", await HttpApp.Summary(await app.SendAsync("GET", "/v1/promises")));
        Assert.Equal(200, (int)(await app.SendAsync("GET", "/v1/promises", null, ("Authorization", "Bearer " + HttpApp.Key))).StatusCode);
        Assert.Equal(200, (int)(await app.SendAsync("GET", "/openapi/v1.json")).StatusCode);
    }

    [Fact]
    public async Task Any_web_page_can_read_and_none_can_write()
    {
        await using var app = await HttpApp.StartAsync();
        var get = await app.SendAsync("GET", "/v1/nothing", null, ("Origin", "https://example.org"));
        Assert.Equal("*", get.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(["ETag", "Link", "Location", "RateLimit", "Retry-After"], get.Headers.GetValues("Access-Control-Expose-Headers").Single().Split(","));
        var preflight = await app.SendAsync("OPTIONS", "/v1/promises", null, ("Origin", "https://example.org"), ("Access-Control-Request-Method", "POST"));
        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(204, (int)preflight.StatusCode);
        var read = await app.SendAsync("OPTIONS", "/v1/promises", null, ("Origin", "https://example.org"), ("Access-Control-Request-Method", "GET"));
        Assert.Equal((204, "*", "86400"),
            ((int)read.StatusCode, read.Headers.GetValues("Access-Control-Allow-Origin").Single(), read.Headers.GetValues("Access-Control-Max-Age").Single()));
        Assert.Equal("*", (await app.SendAsync("GET", "/v1/promises")).Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False((await app.SendAsync("POST", "/v1/promises", null, ("Origin", "https://example.org"))).Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Answers_are_compressed_and_name_the_headers_they_vary_by()
    {
        await using var app = await HttpApp.StartAsync();
        var response = await app.SendAsync("GET", "/v1/promises", null, ("Accept-Encoding", "br, gzip"));
        Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
        Assert.Equal("Accept, Accept-Encoding", string.Join(", ", response.Headers.Vary));
    }

    [Fact]
    public void Every_error_code_is_listed_once()
    {
        Assert.Equal(Problems.All.Count, Problems.All.Select(k => k.Code).Distinct().Count());
        Assert.All(Problems.All, k => Assert.Matches("^[a-z][a-z_]*[a-z]$", k.Code));
    }
}
