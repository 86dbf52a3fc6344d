using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Facts.Api.Tests.Dashboard;

/// <summary>The page at <c>/</c> as it is sent.</summary>
public sealed partial class PageTests(FactsService service) : IClassFixture<FactsService>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_dashboard_is_one_file_that_is_sent_again_only_if_it_changed()
    {
        var page = await service.Anonymous.GetAsync("/", Cancel);
        Assert.Equal(200, (int)page.StatusCode);
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType?.ToString());
        using var again = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { IfNoneMatch = { page.Headers.ETag! } } };
        Assert.Equal(304, (int)(await service.Anonymous.SendAsync(again, Cancel)).StatusCode);

        var html = await page.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotMatch("<link[^>]+stylesheet|<script[^>]+src=|<img|@import", html);
        Assert.DoesNotMatch("https?://", html.Replace("http://www.w3.org/2000/svg", ""));
    }

    [Fact]
    public async Task The_policy_of_the_dashboard_allows_its_own_style_and_script_and_nothing_else()
    {
        var page = await service.Anonymous.GetAsync("/", Cancel);
        var html = await page.Content.ReadAsStringAsync(Cancel);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none';", policy);
        Assert.Contains($"style-src '{Hash(html, "style")}'", policy);
        Assert.Contains($"script-src '{Hash(html, "script")}'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotMatch(@"\sstyle=|\son\w+=""", html[..html.IndexOf("<script>", StringComparison.Ordinal)]);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task The_script_finds_its_elements_and_reads_no_text_as_markup()
    {
        var html = await service.Anonymous.GetStringAsync("/", Cancel);
        var script = Inside(html, "script");
        var wanted = ById().Matches(script).Select(m => m.Groups[1].Value).Distinct().ToList();
        Assert.True(wanted.Count > 10);
        Assert.All(wanted, id => Assert.Contains($"id=\"{id}\"", html));
        Assert.DoesNotMatch("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(|new Function", script);
    }

    static string Inside(string html, string tag) =>
        html[(html.IndexOf($"<{tag}>", StringComparison.Ordinal) + tag.Length + 2)..html.IndexOf($"</{tag}>", StringComparison.Ordinal)];

    static string Hash(string html, string tag) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Inside(html, tag))));

    [GeneratedRegex("byId\\(\"([^\"]+)\"\\)")]
    private static partial Regex ById();
}
