using System.Net;
using System.ServiceModel.Syndication;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using SkiaSharp;

namespace Facts.Api.Tests.Pages;

/// <summary>Calendars, feeds, embeds and descriptions of the data, read by programs of others.</summary>
public sealed class FollowTests(SampledService service, Databases databases) : IClassFixture<SampledService>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_calendar_has_the_deadlines_of_a_filter()
    {
        var calendar = Ical.Net.Calendar.Load(await service.Anonymous.GetStringAsync("/deadlines.ics?donor=DEU&as_of=2025-12-01", Cancel))!;
        var events = calendar.Events.OrderBy(e => e.Start!.Value).ToList();
        Assert.Equal([new DateTime(2024, 12, 31), new DateTime(2025, 11, 1)], events.Select(e => e.Start!.Value.Date));
        Assert.Equal("Due: Germany: 4 × IRIS-T", events[0].Summary);
        Assert.Equal("/commitments/6", events[0].Url!.AbsolutePath);
        Assert.Equal(400, (int)(await service.Anonymous.GetAsync("/deadlines.ics?doner=DEU", Cancel)).StatusCode);
    }

    /// <summary>A calendar has the deadlines that the page of the same question has, whichever list knows the condition.</summary>
    [Theory]
    [InlineData("status=partial", "2 deadlines")]
    [InlineData("status=fulfilled,partial&publishers__gte=2&conditional=false", "3 deadlines")]
    [InlineData("donor=DEU&claims__gte=3", "1 deadlines")]
    [InlineData("donor=DEU&publisher=nobody", "0 deadlines")]
    [InlineData("donor=DEU&publisher=irish times", "1 deadlines")]
    [InlineData("donor=DEU&attribution=named&min_stage=announced&links=explicit&vague=acled&known_at=2100-01-01", " deadlines")]
    [InlineData("group_by=donor", "400")]
    [InlineData("sort=due_on", "400")]
    public async Task A_calendar_takes_every_filter_of_commitments_and_of_balances(string filter, string events)
    {
        using var answer = await service.Anonymous.GetAsync($"/deadlines.ics?as_of=2025-12-01&{filter}", Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains(events, answer.IsSuccessStatusCode ? $"{text.Split("BEGIN:VEVENT").Length - 1} deadlines" : $"{(int)answer.StatusCode}");
    }

    [Theory]
    [InlineData("", "claim-6 overdue-6")]
    [InlineData("firmness=pledged&due_from=2024-12-01&due_to=2024-12-31", "claim-6 overdue-6")]
    [InlineData("status=partial", "claim-6 overdue-6")]
    [InlineData("status=cancelled", "")]
    [InlineData("overdue=false", "")]
    [InlineData("overdue=true", "claim-6 overdue-6")]
    [InlineData("q=IRIS", "claim-6")]
    [InlineData("kind=delivery", "")]
    [InlineData("publisher=nobody", "")]
    [InlineData("min_stage=announced&links=explicit&vague=acled&known_at=2100-01-01", "claim-6 overdue-6")]
    public async Task A_feed_takes_every_filter_of_claims_commitments_and_balances(string filter, string events)
    {
        var feed = JsonDocument.Parse(await service.Anonymous.GetStringAsync($"/feed.json?donor=DEU&as_of=2025-02-01&{filter}", Cancel)).RootElement;
        var ids = feed.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!.Split('#')[1]).ToHashSet();
        foreach (var id in new[] { "claim-6", "overdue-6" }) Assert.Equal(events.Contains(id, StringComparison.Ordinal), ids.Contains(id));
    }

    [Theory]
    [InlineData("feed.json?doner=DEU")]
    [InlineData("feed.atom?group_by=donor")]
    [InlineData("feed.json?status=lost")]
    public async Task A_feed_refuses_what_it_does_not_know(string address) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await service.Anonymous.GetAsync("/" + address, Cancel)).StatusCode);

    [Fact]
    public async Task Feeds_tell_what_became_overdue_was_promised_delivered_and_met()
    {
        using var reader = XmlReader.Create(new StringReader(
            await service.Anonymous.GetStringAsync("/feed.atom?recipient=UKR&as_of=2025-12-01", Cancel)));
        var feed = SyndicationFeed.Load(reader);
        var entries = feed.Items.ToList();
        Assert.Equal("Air defence for Ukraine: What happened to promises", feed.Title.Text);
        Assert.Equal("/feed.atom", Assert.Single(feed.Links, l => l.RelationshipType == "self").Uri.AbsolutePath);
        Assert.Contains("Overdue: Germany: 4 × IRIS-T", entries.Select(e => e.Title.Text));
        Assert.Contains("Met: Canada: 1 × NASAMS", entries.Select(e => e.Title.Text));
        Assert.Contains(entries, e => e.Title.Text.StartsWith("Promised: Germany: Patriot", StringComparison.Ordinal));
        Assert.Equal(entries.Count, entries.Select(e => e.Id).Distinct().Count());
        Assert.All(entries, e => Assert.InRange(e.LastUpdatedTime.Year, 2023, 2025));

        var json = JsonDocument.Parse(await service.Anonymous.GetStringAsync("/feed.json?recipient=UKR&as_of=2025-12-01", Cancel)).RootElement;
        Assert.Equal("https://jsonfeed.org/version/1.1", json.GetProperty("version").GetString());
        Assert.Equal(entries.Select(e => e.Title.Text), json.GetProperty("items").EnumerateArray()
            .Select(i => i.GetProperty("title").GetString()!));
    }

    [Fact]
    public async Task An_address_of_a_question_gives_a_frame_that_can_be_framed()
    {
        var url = Uri.EscapeDataString("http://localhost/?recipient=UKR&unit=system&as_of=2025-01-01");
        var answer = JsonDocument.Parse(await service.Anonymous.GetStringAsync($"/oembed?url={url}&maxwidth=500", Cancel)).RootElement;
        Assert.Equal(("1.0", "rich", 500),
            (answer.GetProperty("version").GetString(), answer.GetProperty("type").GetString(), answer.GetProperty("width").GetInt32()));
        Assert.Equal("Promised to Ukraine as of 1 January 2025", answer.GetProperty("title").GetString());
        var html = answer.GetProperty("html").GetString()!;
        var source = WebUtility.HtmlDecode(html.Split("src=\"")[1].Split('"')[0]);
        Assert.Equal("http://localhost/embed?recipient=UKR&unit=system&as_of=2025-01-01", source);
        var strip = Uri.EscapeDataString("http://localhost/?recipient=UKR&chart=deadlines");
        Assert.Contains("/embed?recipient=UKR&amp;chart=deadlines", JsonDocument.Parse(await service.Anonymous.GetStringAsync("/oembed?url=" + strip, Cancel))
            .RootElement.GetProperty("html").GetString());
        Assert.Contains("<svg", await service.Anonymous.GetStringAsync(source, Cancel));
        Assert.Equal(404, (int)(await service.Anonymous.GetAsync("/oembed?url=https%3A%2F%2Felsewhere.example%2F", Cancel)).StatusCode);
    }

    [Fact]
    public async Task The_page_describes_its_data_for_search_engines()
    {
        var html = await service.Anonymous.GetStringAsync("/", Cancel);
        var data = JsonDocument.Parse(html.Split("application/ld+json\">")[1].Split("</script>")[0]).RootElement;
        Assert.Equal(("https://schema.org", "Dataset"), (data.GetProperty("@context").GetString(), data.GetProperty("@type").GetString()));
        Assert.Matches(@"^2023-\d\d-\d\d/2025-11-02$", data.GetProperty("temporalCoverage").GetString());
        foreach (var download in data.GetProperty("distribution").EnumerateArray())
            Assert.Equal(200, (int)(await service.Anonymous.GetAsync(download.GetProperty("contentUrl").GetString(), Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("https://example.org/licence", "license")]
    [InlineData("Ask the newsroom", "rights")]
    public async Task A_catalogue_names_publisher_and_licence_where_a_setting_does(string licence, string member)
    {
        await using var named = new SampledService(databases);
        await named.InitializeAsync();
        named.With("Facts:License", licence);
        named.With("Facts:Publisher", "The newsroom");
        var catalogue = JsonDocument.Parse(await named.Anonymous.GetStringAsync("/dcat.jsonld", Cancel)).RootElement;
        Assert.Equal("The newsroom", catalogue.GetProperty("dct:publisher").GetProperty("foaf:name").GetString());
        Assert.Contains(licence, catalogue.GetProperty("dcat:dataset")[0].GetProperty("dcat:distribution")[0].GetProperty("dct:" + member).ToString());
        Assert.Contains($"\"license\":\"{licence}\"", await named.Anonymous.GetStringAsync("/", Cancel));
        Assert.Equal(400, (int)(await named.Anonymous.GetAsync("/dcat.jsonld?donor=DEU", Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("balances", "recipient=UKR&group_by=donor,item")]
    [InlineData("balances", "")]
    [InlineData("commitments", "status=open")]
    [InlineData("claims", "q=patriot&fields=id,quote")]
    [InlineData("articles", "")]
    [InlineData("deliveries", "")]
    public async Task A_data_package_describes_the_columns_of_its_file(string list, string query)
    {
        var package = JsonDocument.Parse(await service.Anonymous.GetStringAsync($"/datapackage/{list}.json?{query}", Cancel)).RootElement;
        var resource = package.GetProperty("resources")[0];
        var file = await service.Anonymous.GetStringAsync(resource.GetProperty("path").GetString(), Cancel);
        Assert.StartsWith(list, resource.GetProperty("name").GetString());
        Assert.Equal(file.Split('\n')[0].TrimEnd('\r').Split(','), resource.GetProperty("schema").GetProperty("fields").EnumerateArray()
            .Select(f => f.GetProperty("name").GetString()!));
    }

    [Theory]
    [InlineData("recipient=UKR&unit=system&as_of=2025-01-01", "Germany: 5 systems committed")]
    [InlineData("recipient=UKR&chart=timeline", "last report")]
    [InlineData("recipient=UKR&chart=deadlines&as_of=2025-01-01&group_by=item", "Germany: 4 × IRIS-T, due by 31 Dec 2024")]
    public async Task A_chart_is_a_file_of_its_own(string query, string text)
    {
        var answer = await service.Anonymous.GetAsync("/v1/balances/chart.svg?" + query, Cancel);
        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType?.MediaType);
        var svg = XDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Contains(text, svg.Root!.Value);
        Assert.Matches("(Promised|Deadlines of promises) to Ukraine", svg.Root.Value);
        Assert.StartsWith("balances-ukr-", answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        Assert.All(svg.Descendants().Where(e => e.Name.LocalName == "a"), link =>
            Assert.Equal("/commitments", new Uri(link.Attribute("href")!.Value).AbsolutePath[..12]));
        using var again = new HttpRequestMessage(HttpMethod.Get, "/v1/balances/chart.svg?" + query) { Headers = { IfNoneMatch = { answer.Headers.ETag! } } };
        Assert.Equal(304, (int)(await service.Anonymous.SendAsync(again, Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("recipient=UKR&as_of=1990-01-01", 404)]
    [InlineData("chart=pie", 400)]
    [InlineData("chart=deadlines&publisher=nobody", 404)]
    [InlineData("chart=deadlines&donor=ROU", 404)]
    [InlineData("doner=DEU", 400)]
    [InlineData("recipient=XXX", 422)]
    public async Task A_chart_without_an_answer_is_a_problem(string query, int status)
    {
        foreach (var type in new[] { "svg", "png" })
            Assert.Equal(status, (int)(await service.Anonymous.GetAsync($"/v1/balances/chart.{type}?{query}", Cancel)).StatusCode);
    }

    [Fact]
    public async Task The_chart_of_a_commitment_is_a_file_too()
    {
        var answer = await service.Anonymous.GetAsync("/commitments/6/chart.svg?as_of=2025-06-01", Cancel);
        Assert.Equal("commitment-6-2025-06-01.svg", answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        Assert.Contains("style-src 'sha256-", answer.Headers.GetValues("Content-Security-Policy").Single());
        var svg = XDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).Root!;
        Assert.Contains("Germany: 4 × IRIS-T", svg.Value);
        Assert.Contains("Due 31 December 2024", svg.Value);
        Assert.Contains("Systems, as of 1 June 2025", svg.Value);
        using var picture = SKBitmap.Decode(await service.Anonymous.GetByteArrayAsync("/commitments/6/chart.png?scale=3", Cancel));
        Assert.Equal(560 * 3, picture.Width);
        foreach (var (address, status) in new[]
        {
            ("2/chart.svg", 404), ("999999/chart.png", 404), ("6/chart.png?scale=4", 400), ("6/chart.svg?colour=red", 400),
        })
            Assert.Equal(status, (int)(await service.Anonymous.GetAsync("/commitments/" + address, Cancel)).StatusCode);
    }

    /// <summary>The library that paints knows no font of the machine: the texts come from the fonts that the service brings.</summary>
    [Theory]
    [InlineData("", 2)]
    [InlineData("&scale=1", 1)]
    [InlineData("&chart=timeline&scale=3", 3)]
    public async Task A_chart_is_a_picture_with_bars_and_texts(string query, int scale)
    {
        var address = "/v1/balances/chart.png?recipient=UKR&unit=system&as_of=2025-01-01" + query;
        var answer = await service.Anonymous.GetAsync(address, Cancel);
        Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
        using var picture = SKBitmap.Decode(await answer.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(560 * scale, picture.Width);
        Assert.Equal(SKColors.White, picture.GetPixel(2, 2));
        // The title is a line at the top left. It says nothing on the right.
        Assert.InRange(Dark(new(12, 8, 400, 32)), 300 * scale * scale, 3_000 * scale * scale);
        Assert.Equal(0, Dark(new(500, 8, 560, 32)));
        Assert.InRange(Pixels(new(0, 60, 560, 300), c => c is { Red: 0x3f, Green: 0x6c, Blue: 0xb0 }), 300 * scale, int.MaxValue);
        using var again = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { answer.Headers.ETag! } } };
        Assert.Equal(304, (int)(await service.Anonymous.SendAsync(again, Cancel)).StatusCode);

        int Dark(SKRectI area) => Pixels(area, c => c.Red < 100 && c.Green < 100 && c.Blue < 110);

        int Pixels(SKRectI area, Func<SKColor, bool> matches) =>
            (from x in Enumerable.Range(area.Left * scale, area.Width * scale)
             from y in Enumerable.Range(area.Top * scale, area.Height * scale)
             where matches(picture.GetPixel(x, y))
             select x).Count();
    }

    [Theory]
    [InlineData("scale=0")]
    [InlineData("scale=4")]
    [InlineData("scale=1.5")]
    public async Task A_picture_has_a_largest_size(string query) =>
        Assert.Equal(400, (int)(await service.Anonymous.GetAsync("/v1/balances/chart.png?recipient=UKR&" + query, Cancel)).StatusCode);
}
