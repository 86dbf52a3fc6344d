using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Facts.Api.Pages;

namespace Facts.Api.Tests.Pages;

/// <summary>The pages as they are sent.</summary>
public sealed class PageTests(SampledService service, Databases databases) : IClassFixture<SampledService>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    HttpClient Reader => field ??= service.CreateClient(new() { AllowAutoRedirect = false });

    [Theory]
    [InlineData("/", "What has been promised")]
    [InlineData("/?recipient=UKR&donor=Germany&item=air-defence&unit=system&group_by=item&as_of=2025-01-01", "IRIS-T")]
    [InlineData("/?known_at=2030-01-01&firmness=pledged&min_stage=announced&links=explicit&vague=acled&publisher=Babel&attribution=named", "More conditions")]
    [InlineData("/?group_by=category,year_stated&sort=-committed_low&fields=committed_low,intended_low", "Intended")]
    [InlineData("/explain?recipient=UKR&as_of=2024-12-04&unit=system&group_by=donor&row_unit=system&row_donor=DEU", "another four IRIS-T")]
    [InlineData("/commitments?status=open&overdue=false&sort=committed_low", "6 commitments")]
    [InlineData("/commitments?fields=id,donors,due_on&donor__isnull=false", "2024-12-31")]
    [InlineData("/deliveries?stage=arrived&happened_from=2024-01-01", "Romania")]
    [InlineData("/claims?q=patriot", "<mark>Patriot</mark>")]
    [InlineData("/claims?q=Deutschland&unit=system", "<a href=\"/claims?unit=system&amp;donor=DEU\">donor Germany</a>")]
    [InlineData("/claims?q=Sybiha", "<a href=\"/claims?claimant__contains=Sybiha\">said by ")]
    [InlineData("/claims?claimant__contains=Sybiha", "2 passages")]
    [InlineData("/?recipient=UKR", "property=\"og:image\" content=\"http://localhost/v1/balances/chart.png?recipient=UKR\"")]
    [InlineData("/articles?publisher=Babel", "The Romanian Patriot is in Ukraine")]
    [InlineData("/donors/DEU?as_of=2025-01-01", "<h1>Germany</h1>")]
    [InlineData("/recipients/UKR", "<h1>Ukraine</h1>")]
    [InlineData("/items/iris-t", "IRIS-T SLM")]
    [InlineData("/perimeters/washington-2024", "Change the question")]
    [InlineData("/commitments/6", "Overdue since 1 January 2025")]
    [InlineData("/deliveries/5", "Who says so")]
    [InlineData("/requests/1", "Asked for by")]
    [InlineData("/claims/6", "that it reports</a>")]
    [InlineData("/claims/6", "Germany, 4 IRIS-T systems to Ukraine")]
    [InlineData("/?recipient=UKR&publisher=UNN&as_of=2025-01-01", "These passages heed all conditions but these: publisher.")]
    [InlineData("/?recipient=UKR&status=open&as_of=2025-01-01", "These passages heed all conditions but these: status.")]
    [InlineData("/?recipient=UKR&status=open&as_of=2025-01-01", "<option value=\"open\" selected")]
    [InlineData("/?recipient=UKR&status=open,partial&as_of=2025-01-01", "<option selected value=\"open,partial\">open or partial</option>")]
    [InlineData("/?recipient=UKR&status=open&as_of=2025-01-01", "/v1/balances/chart.png?recipient=UKR&amp;status=open&amp;as_of=2025-01-01")]
    [InlineData("/commitments/6", "From</th><th scope=\"col\" class=\"number\">Committed")]
    [InlineData("/commitments/6", "delivery 41</a>: Germany, 1 IRIS-T SLM system to Ukraine, arrived about October 2024")]
    [InlineData("/explain?recipient=UKR&as_of=2025-02-01&unit=system&group_by=donor&row_unit=system&row_donor=DEU",
        "commitment 6</a>: Germany, 4 IRIS-T systems to Ukraine; 2 outstanding, due by 31 December 2024")]
    [InlineData("/explain?recipient=UKR&as_of=2024-01-01&unit=system&group_by=donor&row_unit=system&row_donor=USA",
        "commitment 28</a>: United States, 1 Patriot system to Ukraine: not stated by 1 January 2024")]
    [InlineData("/explain?recipient=UKR&unit=system&group_by=item&row_unit=system&row_item=iris-t",
        "delivery 41</a>: Germany, 1 IRIS-T SLM system to Ukraine</li>")]
    [InlineData("/commitments", "<b>4</b> <span class=\"quiet\">systems</span>")]
    [InlineData("/commitments/27", "Its parts")]
    [InlineData("/commitments/28", "Part of")]
    [InlineData("/commitments/6?as_of=2025-06-01", "href=\"/commitments/6/chart.png?as_of=2025-06-01\"")]
    [InlineData("/?recipient=UKR&firmness=pledged", "<span class=\"unknown\">not counted</span>")]
    [InlineData("/articles/1", "own address is not known")]
    [InlineData("/embed?recipient=UKR&chart=timeline", "Source:")]
    [InlineData("/embed?recipient=UKR", "<a href=\"/?recipient=UKR#rows\" target=\"_blank\">As a table</a>")]
    [InlineData("/?recipient=UKR&firmness=pledged&publisher=UNN", "href=\"/feed.atom?recipient=UKR&amp;firmness=pledged&amp;publisher=UNN\"")]
    [InlineData("/commitments?donor=DEU&conditional=false&sort=due_on", "href=\"/deadlines.ics?donor=DEU&amp;conditional=false\"")]
    [InlineData("/claims?q=patriot&kind=delivery", "href=\"/feed.atom?q=patriot&amp;kind=delivery\"")]
    [InlineData("/?recipient=UKR&status=open&vague=acled", "href=\"/deadlines.ics?recipient=UKR&amp;status=open&amp;vague=acled\"")]
    [InlineData("/commitments?sort=-status", "aria-sort=\"descending\"><a href=\"/commitments?sort=status#rows\">State</a>")]
    [InlineData("/deliveries?sort=stage", "aria-sort=\"ascending\"")]
    [InlineData("/articles?sort=status", "aria-sort=\"ascending\"")]
    public async Task Every_place_answers_with_what_it_is_about(string address, string text)
    {
        var page = await Reader.GetAsync(address, Cancel);
        var html = await page.Content.ReadAsStringAsync(Cancel);
        Assert.True(page.StatusCode == HttpStatusCode.OK, html);
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType?.ToString());
        Assert.Contains(text, html.Replace("&#x2019;", "’"));
        Assert.StartsWith("<!doctype html>", html.TrimStart());
    }

    /// <summary>Stored totals answer the first question, and the others are computed from claims.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("&status=open,partial")]
    [InlineData("&firmness=pledged")]
    [InlineData("&due_from=2024-01-01&due_to=2026-12-31")]
    [InlineData("&stated_from=2023-01-01")]
    [InlineData("&publisher=Babel,UNN,Kyiv Independent")]
    [InlineData("&attribution=named")]
    [InlineData("&min_stage=announced&links=explicit")]
    [InlineData("&known_at=2100-01-01")]
    [InlineData("&group_by=year_stated")]
    public async Task An_answer_has_a_chart_over_time_a_tree_of_items_and_counts_whatever_the_conditions_are(string conditions)
    {
        var html = await Reader.GetStringAsync($"/?recipient=UKR&as_of=2025-01-01{conditions}", Cancel);
        Assert.Contains("<h2>Over time</h2>", html);
        Assert.Contains("Choose from the tree of items", html);
        Assert.Matches("<summary>Donors <span class=\"count\">[0-9]+</span>", html);
        Assert.Matches("<summary>Items <span class=\"count\">[0-9]+</span>", html);
    }

    [Fact]
    public async Task Conditions_that_choose_everything_change_no_count_and_no_chart()
    {
        var totals = await Reader.GetStringAsync("/?recipient=UKR&as_of=2025-01-01", Cancel);
        var computed = await Reader.GetStringAsync("/?recipient=UKR&as_of=2025-01-01&stated_from=1900-01-01", Cancel);
        foreach (var part in new[] { "<ul>\\s*<li class=\"d0\">.*?</ul>", "(?<=Over time)<.*?</svg>", "(?<=<div class=\"facets\">).*?</section>" })
            Assert.Equal(Part(totals, part), Part(computed, part));

        static string Part(string html, string pattern) =>
            Regex.Replace(Regex.Match(html, pattern, RegexOptions.Singleline).Value, "&amp;stated_from=1900-01-01", "") is { Length: > 100 } part ? part
                : throw new InvalidOperationException($"no {pattern}");
    }

    [Theory]
    [InlineData("/?doner=DEU", 400, "no parameter here; did you mean &#x27;donor&#x27;")]
    [InlineData("/?recipient=Ukrane", 400, "Use Ukraine")]
    [InlineData("/?as_of=yesterweek", 400, "a date such as")]
    [InlineData("/?as_of=5/3/2024", 400, "can be two days: <a href=\"/?as_of=2024-03-05\">5 March 2024</a> or <a href=\"/?as_of=2024-05-03\">3 May 2024</a>?")]
    [InlineData("/donors/DEU?as_of=5/3/2024", 400, "<a href=\"/donors/DEU?as_of=2024-05-03\">3 May 2024</a>?")]
    [InlineData("/?group_by=colour", 400, "group_by")]
    [InlineData("/?sort=beauty", 400, "ort does not take")]
    [InlineData("/?q=patriot", 400, "<a href=\"/claims?q=patriot\">Ask about passages</a>")]
    [InlineData("/?overdue=true&recipient=UKR", 400,
        "here. <a href=\"/commitments?overdue=true&amp;recipient=UKR\">Ask about commitments</a>  · <a href=\"/?recipient=UKR\">Ask without it</a>")]
    [InlineData("/?status=lost", 400, "status")]
    [InlineData("/commitments?status=lost", 400, "status")]
    [InlineData("/commitments?cursor=abc", 400, "cursor")]
    [InlineData("/commitments/6?colour=red", 400, "no parameter here")]
    [InlineData("/explain?row_donor=DEU&group_by=donor&as_of=2024-12-04&recipient=XXX", 400, "othing has the code")]
    [InlineData("/embed?chart=pie", 400, "chart")]
    [InlineData("/donors/Germny", 404, "href=\"/donors/DEU\"")]
    [InlineData("/items/iris", 404, "There is no item")]
    [InlineData("/perimeters/nowhere", 404, "There is no perimeter")]
    [InlineData("/perimeters/washington-2024?donor=DEU", 400, "no parameter here")]
    [InlineData("/commitments/999999", 404, "The list of all")]
    [InlineData("/deliveries/x", 404, "There is no delivery")]
    [InlineData("/claims/99999999999999999999", 404, "There is no claim")]
    [InlineData("/articles/0", 404, "There is no article")]
    [InlineData("/explain?row_unit=spoon", 404, "There is no row")]
    public async Task A_question_that_is_wrong_is_answered_by_a_page_that_helps(string address, int status, string text)
    {
        var page = await Reader.GetAsync(address, Cancel);
        var html = await page.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(status, (int)page.StatusCode);
        Assert.Contains(text, html.Replace("&#39;", "&#x27;"));
        Assert.Contains("<nav", html);
        Assert.Equal("no-store", page.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("/?recipient=&donor=DEU&as_of=", "/?donor=DEU")]
    [InlineData("/?as_of=31.12.2024&unit=", "/?as_of=2024-12-31")]
    [InlineData("/?as_of=December 31, 2024", "/?as_of=2024-12-31")]
    [InlineData("/?stated_from=15/4/2024&known_at=1.2.2030", "/?stated_from=2024-04-15&known_at=2030-02-01")]
    [InlineData("/commitments?due_to=3 May 2025&q2=", "/commitments?due_to=2025-05-03&q2=")]
    [InlineData("/donors/Germany", "/donors/DEU")]
    [InlineData("/items/IRIS-T?as_of=2025-01-01", "/items/iris-t?as_of=2025-01-01")]
    public async Task A_question_has_one_address(string asked, string address)
    {
        var page = await Reader.GetAsync(asked, Cancel);
        Assert.InRange((int)page.StatusCode, 301, 302);
        Assert.Equal(address, page.Headers.Location?.ToString());
    }

    [Fact]
    public async Task The_policy_allows_only_what_the_service_sends_and_only_an_embed_may_be_framed()
    {
        var page = await Reader.GetAsync("/", Cancel);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; style-src 'self'; script-src 'self';", policy);
        Assert.EndsWith("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        var html = await page.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotMatch(@"<[^>]+\s(style|on\w+)=""", html);
        Assert.DoesNotMatch("<(script|img|iframe|link rel=\"stylesheet\")[^>]+(src|href)=\"(https?:)?//", html);

        var embed = await Reader.GetAsync("/embed?recipient=UKR", Cancel);
        Assert.EndsWith("frame-ancestors *", embed.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task A_first_view_is_small_and_sent_again_only_if_it_changed()
    {
        var page = await Reader.GetAsync("/", Cancel);
        var html = await page.Content.ReadAsStringAsync(Cancel);
        var bytes = Encoding.UTF8.GetByteCount(html);
        foreach (var asset in new[] { "page.css", "page.js" })
        {
            var at = html.IndexOf("/assets/" + asset, StringComparison.Ordinal);
            var sent = await Reader.GetAsync(html[at..html.IndexOf('"', at)], Cancel);
            Assert.Contains("immutable", sent.Headers.CacheControl!.ToString());
            bytes += (await sent.Content.ReadAsByteArrayAsync(Cancel)).Length;
        }
        Assert.InRange(bytes, 10_000, 100_000);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { IfNoneMatch = { page.Headers.ETag! } } };
        Assert.Equal(304, (int)(await Reader.SendAsync(again, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Unknown_is_a_word_and_zero_a_number()
    {
        var html = await Reader.GetStringAsync("/?recipient=UKR&unit=system&as_of=2025-01-01&group_by=donor", Cancel);
        var nato = html[html.IndexOf("/donors/NATO", html.IndexOf("class=\"rows\"", StringComparison.Ordinal), StringComparison.Ordinal)..];
        var row = nato[..nato.IndexOf("</tr>", StringComparison.Ordinal)];
        Assert.Contains("committed\" data-name=\"Committed\"><span class=\"unknown\">unknown</span>", row);
        Assert.Contains("overdue\" data-name=\"Overdue\"><span class=\"zero\">0</span>", row);
    }

    [Fact]
    public async Task What_may_be_overdue_without_a_number_is_unknown()
    {
        const string Claim = """
            {"external_id":"XX","article_url":"https://example.org/late","article_published_on":"2024-01-05","recipient":"POL","donors":["XX"],"items":["hawk"],"unit":"system","kind":"pledge","due_on":"2024-06-30","quantity_text":"some"}
            """;
        await using var changed = new SampledService(databases);
        await changed.InitializeAsync();
        foreach (var claim in new[] { Claim.Replace("XX", "FRA"), Claim.Replace("XX", "ESP").Replace("2024-06-30", "2030-06-30") })
            Assert.Equal(201, (int)(await changed.Admin.PostAsync("/v1/claims", Case.Json(claim, "application/json"), Cancel)).StatusCode);

        var html = await changed.Anonymous.GetStringAsync("/?recipient=POL&as_of=2025-01-01", Cancel);
        Assert.Equal(["France unknown", "Spain 0"], Regex.Matches(html, "/donors/\\w+\">(\\w+)</a>.*?data-name=\"Overdue\"><span[^>]*>(\\w+)<", RegexOptions.Singleline)
            .Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value}").Order());
    }

    [Theory]
    [InlineData("/donors/DEU", "donor=DEU")]
    [InlineData("/recipients/UKR", "recipient=UKR")]
    [InlineData("/items/iris-t?as_of=2025-06-01", "as_of=2025-06-01&amp;item=iris-t")]
    public async Task A_donor_a_recipient_and_an_item_have_a_chart_over_time(string page, string question)
    {
        var html = await Reader.GetStringAsync(page, Cancel);
        Assert.Contains("aria-label=\"Lines over time: committed, delivered, outstanding, overdue, in systems.", html);
        Assert.Contains($"href=\"/v1/balances/chart.png?{question}&amp;chart=timeline\"", html);
    }

    [Fact]
    public async Task Promises_changes_deliveries_and_deadlines_are_marked_on_the_chart_over_time_and_listed_in_its_table()
    {
        var html = await Reader.GetStringAsync("/?recipient=UKR&as_of=2025-12-01", Cancel);
        var marks = Regex.Matches(html, "class=\"event\"><title>([^<]*)</title>").Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).ToList();
        Assert.Contains("Due by 31 Dec 2024: Germany: 4 × IRIS-T", marks);
        Assert.Contains(marks, mark => mark.Contains("\nRomania: 1 × Patriot", StringComparison.Ordinal));
        Assert.Equal(marks.Count, marks.Distinct().Count());
        var table = Regex.Match(html, "<caption>Events</caption>.*?</table>", RegexOptions.Singleline).Value;
        foreach (var kind in new[] { "promised", "changed", "delivered", "due" }) Assert.Contains($"<td>{kind}</td>", table);
        Assert.Contains("<td><a href=\"/commitments/6\">", table);
        var picture = await Reader.GetStringAsync("/v1/balances/chart.svg?recipient=UKR&as_of=2025-12-01&chart=timeline", Cancel);
        Assert.Equal(marks.Count, Regex.Count(picture, "class=\"event\"><title>"));
        // Deliveries have no firmness, so a question about it has none.
        Assert.DoesNotContain("<td>delivered</td>", await Reader.GetStringAsync("/?recipient=UKR&as_of=2025-12-01&firmness=pledged", Cancel));
    }

    [Fact]
    public async Task Pages_of_an_article_and_of_a_donor_name_what_is_under_review()
    {
        await using var changed = new SampledService(databases);
        await changed.InitializeAsync();
        foreach (var (outlet, day, number) in new[] { ("a", 5, 700_000), ("b", 6, 750_000) })
            Assert.Equal(201, (int)(await changed.Admin.PostAsync("/v1/claims?create_missing=true", Case.Json($$"""
                {"article_url":"https://{{outlet}}.example/doses","article_publisher":"{{outlet}}","article_published_on":"2024-05-0{{day}}","external_id":"D",
                 "kind":"delivery","donors":["POL"],"recipient":"MDA","items":["doses"],"unit":"dose","quantity_low":{{number}},
                 "quantity_high":{{number}},"happened_on":"2024-05-0{{day}}"}
                """, "application/json"), Cancel)).StatusCode);

        var id = await changed.ScalarAsync("select id from articles where url like 'https://b.%'");
        var article = await changed.Anonymous.GetStringAsync($"/articles/{id}", Cancel);
        Assert.Matches("Another number:</b> at most 3 days apart.*</a>: Poland, 700,000 doses to Moldova, arrived 5 May 2024.*: Poland, 750,000 doses",
            article.ReplaceLineEndings(" "));
        // An article that only repeats the first report shows the same.
        Assert.Equal(201, (int)(await changed.Admin.PostAsync("/v1/claims", Case.Json("""
            {"article_url":"https://c.example/doses","article_publisher":"c","article_published_on":"2024-05-05","external_id":"D",
             "kind":"delivery","donors":["POL"],"recipient":"MDA","items":["doses"],"unit":"dose","quantity":700000,"happened_on":"2024-05-05"}
            """, "application/json"), Cancel)).StatusCode);
        var later = await changed.ScalarAsync("select id from articles where url like 'https://c.%'");
        Assert.Contains("Poland, 750,000 doses", await changed.Anonymous.GetStringAsync($"/articles/{later}", Cancel));
        var donor = await changed.Anonymous.GetStringAsync("/donors/POL", Cancel);
        Assert.Contains("Under review", donor);
        Assert.Contains("Poland, 750,000 doses to Moldova, arrived 6 May 2024</a>", donor);
    }

    [Fact]
    public void Long_numbers_of_an_axis_stand_within_the_chart()
    {
        var most = new Interval(1_450_000, 1_450_000);
        var lines = TimelineChart.Draw([(new(2024, 1, 1), [most, most, most, most]), (new(2024, 6, 1), [most, most, most, most])], "dose", null, "t");
        var left = Regex.Match(lines, "<text x=\"([0-9.]+)\"[^>]*text-anchor=\"end\">1.5 million");
        Assert.InRange(double.Parse(left.Groups[1].Value), "1.5 million".Length * 8, 560);
        var bars = RowsChart.Draw([("Poland", [most, most, most])], "dose", "r");
        Assert.Matches("<text x=\"536\"[^>]*text-anchor=\"end\">1.5 million", bars);
    }

    [Fact]
    public async Task A_model_that_came_for_a_class_is_told_in_the_row_of_the_class()
    {
        var html = await Reader.GetStringAsync("/?recipient=UKR&unit=system&as_of=2025-01-01&group_by=item", Cancel);
        Assert.Contains("2 came as another item. <a href=\"/?recipient=UKR&amp;unit=system&amp;as_of=2025-01-01&amp;group_by=category\">", html);
    }

    [Theory]
    [InlineData("https://a.example/x", "Two arrived.", "https://a.example/x#:~:text=Two%20arrived.")]
    [InlineData("https://a.example/x", "[Two have come.]", "https://a.example/x")]
    [InlineData("https://a.example/x", "[Two] arrived [late].", "https://a.example/x#:~:text=%5BTwo%5D%20arrived%20%5Blate%5D.")]
    [InlineData("https://a.example/x#part", "Two arrived.", "https://a.example/x#part")]
    [InlineData("https://a.example/x", null, "https://a.example/x")]
    [InlineData("https://a.example/", "Two arrived.", null)]
    public void A_link_opens_the_article_at_its_sentence_where_both_are_known(string url, string? quote, string? address) =>
        Assert.Equal(address, SourceLink.To(url, quote));

    [Fact]
    public async Task Only_the_words_of_a_source_stand_in_quotation_marks()
    {
        var html = await Reader.GetStringAsync("/claims?limit=5000", Cancel);
        Assert.Contains("<q>Kyiv received a Patriot system from Romania in October</q>", html);
        Assert.Contains("<p class=\"quote\">It will not be a whole battery, the letter to parliament shows. <span class=\"quiet\">(in other words)</span>", html);
        // Every link of a source leads to an article, or says that its address is not known.
        var claims = Regex.Matches(html, "<blockquote>.*?</blockquote>", RegexOptions.Singleline).Select(m => m.Value).ToList();
        Assert.Equal(48, claims.Count);
        Assert.All(claims, c => Assert.True(Regex.IsMatch(c, "href=\"https://[^\"/]*[^\"/.]/[^\"]+\"")
            ^ c.Contains("own address is not known", StringComparison.Ordinal), c));
    }

    [Fact]
    public async Task Pages_of_a_list_follow_each_other_to_its_end()
    {
        var (address, seen) = ("/commitments?limit=4", new HashSet<string>());
        for (var pages = 0; address.Length > 0 && pages < 20; pages++)
        {
            var html = await Reader.GetStringAsync(address, Cancel);
            foreach (Match row in Regex.Matches(html, "<th scope=\"row\"><a href=\"(/commitments/\\d+)\""))
                Assert.True(seen.Add(row.Groups[1].Value));
            var next = Regex.Match(html, "href=\"([^\"]+)\" rel=\"next\"");
            address = next.Success ? WebUtility.HtmlDecode(next.Groups[1].Value) : "";
        }
        Assert.Equal((int)(await service.ScalarAsync("select count(distinct id) from commitments where valid_to is null")), seen.Count);
    }

    [Fact]
    public async Task Where_reading_needs_a_key_a_browser_is_asked_for_it()
    {
        await using var closed = new SampledService(databases);
        await closed.InitializeAsync();
        closed.With("Access:AnonymousRead", "false");
        foreach (var path in new[] { "/", "/commitments", "/feed.atom", "/commitments/6/chart.svg", "/v1/balances/chart.svg", "/v1/balances/chart.png" })
        {
            var refused = await closed.Anonymous.GetAsync(path, Cancel);
            Assert.Equal(401, (int)refused.StatusCode);
            Assert.StartsWith(path.StartsWith("/v1", StringComparison.Ordinal) ? "Bearer" : "Basic", refused.Headers.WwwAuthenticate.ToString());
        }
        Assert.Equal(200, (int)(await closed.Anonymous.GetAsync("/assets/page.css", Cancel)).StatusCode);
        var basic = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("anybody:" + FactsService.Key)));
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Authorization = basic } };
        Assert.Equal(200, (int)(await closed.Anonymous.SendAsync(asked, Cancel)).StatusCode);
        // A browser would send it with the form of any site.
        using var written = new HttpRequestMessage(HttpMethod.Post, "/v1/items") { Headers = { Authorization = basic } };
        written.Content = Case.Json("""{"code":"x","name":"x"}""", "application/json");
        Assert.Equal(401, (int)(await closed.Anonymous.SendAsync(written, Cancel)).StatusCode);
    }
}
