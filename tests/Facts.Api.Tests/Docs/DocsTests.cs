using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Facts.Api.Tests.Docs;

/// <summary>The documentation at <c>/docs</c>.</summary>
public sealed partial class DocsTests(FactsService service) : IClassFixture<FactsService>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_is_html_that_is_not_sent_again_unless_it_changed()
    {
        var page = await service.Anonymous.GetAsync("/docs/semantics", Cancel);
        Assert.Equal(200, (int)page.StatusCode);
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType?.ToString());
        using var again = new HttpRequestMessage(HttpMethod.Get, "/docs/semantics") { Headers = { IfNoneMatch = { page.Headers.ETag! } } };
        Assert.Equal(304, (int)(await service.Anonymous.SendAsync(again, Cancel)).StatusCode);
    }

    [Fact]
    public async Task The_policy_allows_the_style_of_the_page_and_nothing_else()
    {
        var page = await service.Anonymous.GetAsync("/docs", Cancel);
        var html = await page.Content.ReadAsStringAsync(Cancel);
        var style = html[(html.IndexOf("<style>", StringComparison.Ordinal) + 7)..html.IndexOf("</style>", StringComparison.Ordinal)];
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none';", policy);
        Assert.Contains($"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'", policy);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Every_link_leads_to_a_page_and_a_heading_and_nothing_is_loaded_from_elsewhere()
    {
        var pages = new Dictionary<string, string>();
        var open = new Queue<string>(["/docs"]);
        while (open.TryDequeue(out var address))
        {
            if (pages.ContainsKey(address)) continue;
            pages[address] = await service.Anonymous.GetStringAsync(address, Cancel);
            var next = Links(pages[address]).Select(l => l.Split('#')[0]).Where(l => l.StartsWith("/docs", StringComparison.Ordinal));
            foreach (var link in next) open.Enqueue(link);
        }
        var wrong = from page in pages
                    from link in Links(page.Value)
                    where link.Contains('#')
                    let target = link.StartsWith('#') ? page.Key : link.Split('#')[0]
                    where !pages.TryGetValue(target, out var html) || !html.Contains($"id=\"{link.Split('#')[1]}\"")
                    select $"{page.Key}: {link}";

        Assert.True(pages.Count > 10);
        Assert.Empty(wrong);
        Assert.All(pages.Values, html =>
        {
            Assert.DoesNotMatch("<link[^>]+stylesheet|<script|<img|@import|\\sstyle=|\\.md[\"#]", html);
            Assert.Contains("<title>", html);
            Assert.Contains("<nav id=\"pages\"", html);
        });
    }

    [Fact]
    public async Task The_type_of_an_error_leads_to_its_entry()
    {
        var answer = await service.Anonymous.GetAsync("/v1/claims?donr=DEU", Cancel);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        var type = problem.RootElement.GetProperty("type").GetString()!;
        Assert.Equal("/docs/errors#unknown_parameter", type);
        Assert.Contains("<h3 id=\"unknown_parameter\">", await service.Anonymous.GetStringAsync(type, Cancel));
    }

    [Fact]
    public async Task A_page_that_does_not_exist_is_not_found_and_a_page_is_not_written_to()
    {
        var missing = await service.Anonymous.GetAsync("/docs/nothing", Cancel);
        Assert.Equal(404, (int)missing.StatusCode);
        Assert.Equal("application/problem+json", missing.Content.Headers.ContentType?.MediaType);
        Assert.Equal(405, (int)(await service.Anonymous.PostAsync("/docs/errors", null, Cancel)).StatusCode);
    }

    static IEnumerable<string> Links(string html) => Link().Matches(html).Select(m => m.Groups[1].Value);

    [GeneratedRegex("<a href=\"([^\"]+)\"")]
    private static partial Regex Link();
}
