using System.Text.Json;

namespace Facts.Api.Tests.Http;

public sealed class ListTests
{
    [Theory]
    [InlineData("", "1 2 3 4 5")]
    [InlineData("donors=USA,NLD", "2 3 4 5")]
    [InlineData("donors=USA&donors=NLD", "2 3 4 5")]
    [InlineData("donors__not=USA", "1 2 4")]
    [InlineData("amount=5.50", "2 4")]
    [InlineData("amount__gt=5.5", "1 5")]
    [InlineData("amount__gte=5.5&amount__lt=20", "2 4 5")]
    [InlineData("amount__isnull=true", "3")]
    [InlineData("amount__not=20", "2 3 4 5")]
    [InlineData("title__contains=FUEL", "3 5")]
    [InlineData("title__startswith=more", "5")]
    [InlineData("note__contains=yes", "2")]
    [InlineData("stated_on=2024-05-01", "1 4")]
    [InlineData("stated_on__lte=2024-04-30", "2")]
    [InlineData("status=partly_met", "2")]
    [InlineData("status__not=partly_met", "1 3 4 5")]
    [InlineData("title='; drop table claims --", "")]
    [InlineData("title=%00", "")]
    [InlineData("title=%22Money%22,Fuel", "3 4")]
    [InlineData("sort=-stated_on", "1 4 2 3 5")]
    [InlineData("sort=stated_on,-amount", "2 1 4 5 3")]
    [InlineData("sort=-id", "5 4 3 2 1")]
    public async Task Rows_are_filtered_and_sorted(string query, string ids)
    {
        await using var app = await HttpApp.StartAsync();
        Assert.Equal(ids, Ids(await app.GetAsync("/v1/promises?" + query)));
    }

    [Theory]
    [InlineData("sort=-stated_on")]
    [InlineData("sort=stated_on,-amount")]
    [InlineData("sort=-amount,title")]
    [InlineData("sort=title")]
    [InlineData("donors=USA,NLD&sort=note")]
    public async Task Pages_hold_every_row_once_in_the_order_of_the_whole(string query)
    {
        await using var app = await HttpApp.StartAsync();
        var whole = Ids(await app.GetAsync("/v1/promises?" + query));
        var paged = new List<string>();
        for (var path = $"/v1/promises?limit=1&{query}"; path is not null;)
        {
            var page = await app.GetAsync(path);
            paged.Add(Ids(page));
            path = page.GetProperty("next").GetString();
        }
        Assert.Equal(whole, string.Join(' ', paged));
    }

    [Fact]
    public async Task A_page_always_has_all_its_members()
    {
        await using var app = await HttpApp.StartAsync();
        var response = await app.SendAsync("GET", "/v1/promises?as_of=2024-01-01&known_at=2024-01-02T03:04:05Z&id=3");
        Assert.Equal(
            """{"items":[{"id":3,"title":"Fuel","donors":["USA"],"amount":null,"stated_on":null,"status":"open","note":null}],"next_cursor":null,"next":null,"limit":100,"count":null,"count_is_exact":null,"truncated":false,"as_of":"2024-01-01","known_at":"2024-01-02T03:04:05Z","dataset_version":7}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_next_page_is_in_the_Link_header_too()
    {
        await using var app = await HttpApp.StartAsync();
        var response = await app.SendAsync("GET", "/v1/promises?limit=2&donors=USA,NLD&count=exact");
        var page = await HttpApp.JsonOf(response);
        Assert.Equal($"<{page.GetProperty("next").GetString()}>; rel=\"next\"", response.Headers.GetValues("Link").Single());
        Assert.Equal((4, true), (page.GetProperty("count").GetInt32(), page.GetProperty("count_is_exact").GetBoolean()));
    }

    [Theory]
    [InlineData("donor=USA", "400 unknown_parameter [donor: unknown_parameter]")]
    [InlineData("limit=0", "400 out_of_range [limit: out_of_range]")]
    [InlineData("limit=-1", "400 out_of_range [limit: out_of_range]")]
    [InlineData("limit=5001", "400 out_of_range [limit: out_of_range]")]
    [InlineData("limit=abc", "400 wrong_type [limit: wrong_type]")]
    [InlineData("limit=1&limit=2", "400 repeated_parameter [limit: repeated_parameter]")]
    [InlineData("limit=", "400 empty_value [limit: empty_value]")]
    [InlineData("donors=DEU,,USA", "400 empty_value [donors: empty_value]")]
    [InlineData("stated_on=2024-02-30&amount=NaN&status=Open", "400 invalid_parameters [stated_on: wrong_type, amount: wrong_type, status: unknown_word]")]
    [InlineData("sort=password", "400 unknown_field [sort: unknown_field]")]
    [InlineData("sort=title,-title", "400 repeated_parameter [sort: repeated_parameter]")]
    [InlineData("fields=nothing", "400 unknown_field [fields: unknown_field]")]
    [InlineData("facet=title", "400 unknown_field [facet: unknown_field]")]
    [InlineData("format=pdf", "400 unsupported_format [format: unsupported_format]")]
    [InlineData("bom=true", "400 unsupported_format [bom: unsupported_format]")]
    [InlineData("cursor=abc", "400 cursor_mismatch [cursor: cursor_mismatch]")]
    [InlineData("amount__isnull=1", "400 wrong_type [amount__isnull: wrong_type]")]
    [InlineData("as_of=yesterday", "400 wrong_type [as_of: wrong_type]")]
    public async Task A_wrong_query_is_refused_with_every_place(string query, string expected)
    {
        await using var app = await HttpApp.StartAsync();
        Assert.Equal(expected, await HttpApp.Summary(await app.SendAsync("GET", "/v1/promises?" + query)));
    }

    [Fact]
    public async Task The_nearest_parameter_is_suggested()
    {
        await using var app = await HttpApp.StartAsync();
        var problem = await app.GetAsync("/v1/promises?donor=USA");
        Assert.Equal("donors", problem.GetProperty("errors")[0].GetProperty("suggestion").GetString());
        Assert.Equal("'donor' is no parameter here; did you mean 'donors'?", problem.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("donors=USA&limit=1")]
    [InlineData("limit=1&sort=-id")]
    [InlineData("limit=1&as_of=2024-01-01")]
    public async Task A_cursor_is_valid_only_for_its_own_query(string other)
    {
        await using var app = await HttpApp.StartAsync();
        var cursor = (await app.GetAsync("/v1/promises?limit=1")).GetProperty("next_cursor").GetString()!;
        Assert.Equal("2", Ids(await app.GetAsync($"/v1/promises?limit=1&cursor={cursor}")));
        Assert.Equal("400 cursor_mismatch [cursor: cursor_mismatch]",
            await HttpApp.Summary(await app.SendAsync("GET", $"/v1/promises?{other}&cursor={cursor}")));
        Assert.Equal("400 cursor_mismatch [cursor: cursor_mismatch]",
            await HttpApp.Summary(await app.SendAsync("GET", $"/v1/promises?limit=1&cursor={cursor[..^2]}")));
    }

    [Fact]
    public async Task Facets_give_label_count_and_link()
    {
        await using var app = await HttpApp.StartAsync();
        var facets = (await app.GetAsync("/v1/promises?facet=donors,status&amount__gte=5")).GetProperty("facets");
        Assert.Equal("""[{"value":"DEU","label":"DEU","count":2,"link":"/v1/promises?facet=donors%2Cstatus&amount__gte=5&donors=DEU"},{"value":"NLD","label":"NLD","count":2,"link":"/v1/promises?facet=donors%2Cstatus&amount__gte=5&donors=NLD"},{"value":"USA","label":"USA","count":1,"link":"/v1/promises?facet=donors%2Cstatus&amount__gte=5&donors=USA"}]""",
            facets.GetProperty("donors").GetRawText());
        Assert.Equal("partly_met", facets.GetProperty("status")[1].GetProperty("value").GetString());
    }

    [Fact]
    public async Task CSV_has_all_rows_and_guards_formulas()
    {
        await using var app = await HttpApp.StartAsync();
        Assert.Equal("id,title,donors,amount,stated_on,status,note\r\n1,Twenty howitzers,DEU,20,2024-05-01,open,\r\n2,'=cmd|' /C calc'!A0,DEU;NLD,5.5,2024-03-01,partly_met,\"say \"\"yes\"\", twice\"\r\n",
            await Text(app, "/v1/promises?format=csv&id=1,2"));
        Assert.Equal("\uFEFF=cmd|' /C calc'!A0,2\r\n", await Text(app, "/v1/promises?format=csv&id=2&raw=true&header=false&bom=true&fields=title,id"));
        var rows = Enumerable.Range(1, 1_234).Select(i => new Promise { Id = i });
        await using var many = await HttpApp.StartAsync(rows);
        Assert.Equal(1_235, (await Text(many, "/v1/promises?format=csv")).Count(c => c == '\n'));
        Assert.Equal(1_234, (await Text(many, "/v1/promises?format=ndjson")).Count(c => c == '\n'));
        Assert.Equal(11, (await Text(many, "/v1/promises?format=csv&limit=10")).Count(c => c == '\n'));
    }

    [Fact]
    public async Task A_file_that_breaks_half_way_does_not_end_cleanly()
    {
        await using var app = await HttpApp.StartAsync(Enumerable.Range(1, 2_000).Select(i => new Promise { Id = i }));
        await Assert.ThrowsAnyAsync<Exception>(() => Text(app, "/v1/breaking?format=csv"));
        Assert.Equal("500 internal_error []", await HttpApp.Summary(await app.SendAsync("GET", "/v1/breaking?format=csv&id__gt=1")));
    }

    [Theory]
    [InlineData("text/csv", "", "text/csv")]
    [InlineData("application/x-ndjson", "", "application/x-ndjson")]
    [InlineData("text/html, */*;q=0.8", "", "application/json")]
    [InlineData("image/png", "?format=csv", "text/csv")]
    [InlineData("text/csv;q=0.5, application/json", "", "application/json")]
    [InlineData("image/png", "", "application/problem+json")]
    public async Task The_format_parameter_overrides_Accept(string accept, string query, string expected)
    {
        await using var app = await HttpApp.StartAsync();
        var response = await app.SendAsync("GET", "/v1/promises" + query, null, ("Accept", accept));
        Assert.Equal(expected, response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_download_has_a_name()
    {
        await using var app = await HttpApp.StartAsync();
        var response = await app.SendAsync("GET", "/v1/promises?format=csv&download=true");
        Assert.Matches(@"^promises-\d{4}-\d\d-\d\d\.csv$", response.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
    }

    static async Task<string> Text(HttpApp app, string path) =>
        System.Text.Encoding.UTF8.GetString(await (await app.SendAsync("GET", path)).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

    static string Ids(JsonElement page) => string.Join(' ', page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetInt64()));
}
