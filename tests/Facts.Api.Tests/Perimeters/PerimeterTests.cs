using System.Text.RegularExpressions;
using Facts.Api.Tests.Catalogue;

namespace Facts.Api.Tests.Perimeters;

/// <summary>Questions with a name: as they are stored, and as pages.</summary>
public sealed class PerimeterTests(SampledService service) : IClassFixture<SampledService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    readonly Editor _editor = new(service.Admin);

    [Fact]
    public async Task Put_adds_a_perimeter_and_replaces_one()
    {
        Assert.Equal("""201 "1" /v1/perimeters/summit {"code":"summit","name":"A summit","description":"In July.","filter":"recipient=UKR&donor=DEU,NLD&item=iris-t&group_by=item"}""",
            await _editor.AsksAsync("PUT", "/v1/perimeters/summit",
                """{"name":"A summit","description":"In July.","filter":"?recipient=Ukraine&donor=Germany,Holland&item=IRIS-T&group_by=item"}""", null));
        Assert.Equal("perimeter perimeters summit created 0", await _editor.LastChangeAsync());
        Assert.StartsWith("428 precondition_required", await _editor.AsksAsync("PUT", "/v1/perimeters/summit", """{"name":"B","filter":"donor=DEU"}""", null));
        Assert.StartsWith("412 precondition_failed",
            await _editor.AsksAsync("PUT", "/v1/perimeters/summit", """{"name":"B","filter":"donor=DEU"}""", "\"7\""));
        Assert.StartsWith("412 precondition_failed there is no perimeter 'nowhere'",
            await _editor.AsksAsync("PUT", "/v1/perimeters/nowhere", """{"name":"B","filter":"donor=DEU"}"""));
        Assert.Equal("""200 "2" {"code":"summit","name":"B","description":null,"filter":"donor=DEU"}""",
            await _editor.AsksAsync("PUT", "/v1/perimeters/Summit", """{"code":"summit","name":"B","filter":"https://facts.example/?donor=DEU"}""", "\"1\""));
        Assert.Equal("perimeter perimeters summit changed 0", await _editor.LastChangeAsync());
        Assert.StartsWith("200 \"2\"", await _editor.AsksAsync("PUT", "/v1/perimeters/summit", """{"name":"B","filter":"donor=Germany"}""", "\"2\""));
    }

    [Fact]
    public async Task A_merge_patch_changes_what_it_names_and_a_deletion_takes_the_perimeter_away()
    {
        await _editor.DoesAsync("PUT", "/v1/perimeters/patched", """{"name":"P","description":"D","filter":"unit=system"}""", null);
        Assert.Equal("""200 "2" {"code":"patched","name":"P","description":null,"filter":"unit=system&as_of=2024-12-04"}""",
            await _editor.AsksAsync("PATCH", "/v1/perimeters/patched", """{"description":null,"filter":"unit=system&as_of=2024-12-04"}""", "\"1\""));
        Assert.StartsWith("428", await _editor.AsksAsync("PATCH", "/v1/perimeters/patched", """{"name":"x"}""", null));
        Assert.StartsWith("412", await _editor.AsksAsync("PATCH", "/v1/perimeters/patched", """{"name":"x"}""", "\"1\""));
        Assert.Equal("422 required /filter required: a value is needed", await _editor.AsksAsync("PATCH", "/v1/perimeters/patched", """{"filter":null}"""));
        Assert.StartsWith("422 invalid_value /code invalid_value: a code cannot change",
            await _editor.AsksAsync("PATCH", "/v1/perimeters/patched", """{"code":"other"}"""));
        Assert.StartsWith("428", await _editor.AsksAsync("DELETE", "/v1/perimeters/patched", ifMatch: null));
        Assert.StartsWith("200  {\"code\":\"patched\"", await _editor.AsksAsync("DELETE", "/v1/perimeters/patched", ifMatch: "\"2\""));
        Assert.Equal("perimeter perimeters patched removed 0", await _editor.LastChangeAsync());
        foreach (var method in new[] { "GET", "PATCH", "DELETE" })
            Assert.StartsWith("404 not_found there is no perimeter 'patched'",
                await _editor.AsksAsync(method, "/v1/perimeters/patched", method == "PATCH" ? "{}" : null));
    }

    [Fact]
    public async Task A_filter_that_asks_for_what_is_not_there_is_refused_with_all_its_errors()
    {
        Assert.Equal("422 validation_failed /code invalid_value: takes small letters, digits and hyphens, 100 at most, such as washington-2024; "
            + "/name required: a value is needed; "
            + "/filter invalid_value: 'doner' is no parameter here; did you mean 'donor'?; /filter invalid_value: 'limit' is no parameter here",
            await _editor.AsksAsync("PUT", "/v1/perimeters/No_Slug", """{"filter":"doner=DEU&limit=5"}""", null));
        Assert.Equal("422 validation_failed /filter unknown_party: nothing has the code, name or alias 'Ukrane'; did you mean 'Ukraine'?; "
            + "/filter unknown_item: nothing has the code, name or alias 'no such item'",
            await _editor.AsksAsync("PUT", "/v1/perimeters/wrong", """{"name":"W","filter":"recipient=Ukrane&item=no such item"}""", null));
        foreach (var (filter, start) in new[]
        {
            ("?", "422 invalid_value /filter invalid_value: names no parameter"),
            ("  ", "422 blank /filter blank"),
            ("as_of=2024-02-30", "422 invalid_value /filter"),
            ("group_by=donor,donor", "422 invalid_value /filter"),
            ("sort=password", "422 invalid_value /filter"),
            ("donor=", "422 invalid_value /filter"),
            ("\\u0000", "422 invalid_text /filter"),
            (new string('x', 4001), "422 too_long /filter"),
        })
            Assert.StartsWith(start, await _editor.AsksAsync("PUT", "/v1/perimeters/wrong", $$"""{"name":"W","filter":"{{filter}}"}""", null));
        Assert.StartsWith("400 invalid_body /filtre unknown_member", await _editor.AsksAsync("PUT", "/v1/perimeters/wrong", """{"name":"W","filtre":"donor=DEU"}""", null));
        Assert.StartsWith("404", await _editor.AsksAsync("GET", "/v1/perimeters/wrong", ifMatch: null));
    }

    [Fact]
    public async Task Only_a_key_that_may_edit_writes_and_the_audit_log_names_it()
    {
        const string Kept = """{"name":"K","filter":"donor=DEU"}""";
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/perimeters/kept") { Content = Case.Json(Kept, "application/json") };
        Assert.Equal(401, (int)(await service.Anonymous.SendAsync(request, Cancel)).StatusCode);
        await _editor.DoesAsync("PUT", "/v1/perimeters/kept", Kept, null);
        var entry = (await _editor.ReadsAsync("/v1/audit?path=/v1/perimeters/kept")).GetProperty("items")[0];
        Assert.Equal("PUT", entry.GetProperty("method").GetString());
    }

    [Fact]
    public async Task Perimeters_are_a_list_with_pages_and_files()
    {
        for (var i = 0; i < 3; i++)
            await _editor.DoesAsync("PUT", $"/v1/perimeters/many-{i}", $$"""{"name":"Many {{i}}","filter":"donor=DEU"}""", null);
        var first = await _editor.ReadsAsync("/v1/perimeters?code__startswith=many&sort=-code&limit=2");
        Assert.Equal(["many-2", "many-1"], first.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("code").GetString()));
        var second = await _editor.ReadsAsync(first.GetProperty("next").GetString()!);
        Assert.Equal("many-0", Assert.Single(second.GetProperty("items").EnumerateArray()).GetProperty("code").GetString());
        Assert.StartsWith("code,name,description,filter", await service.Anonymous.GetStringAsync("/v1/perimeters?format=csv", Cancel));
    }

    [Fact]
    public async Task A_perimeter_has_a_page_with_the_numbers_of_its_question()
    {
        await _editor.DoesAsync("PUT", "/v1/perimeters/iris", """
            {"name":"IRIS-T of <Germany>","description":"All that Germany promised.","filter":"recipient=UKR&donor=DEU&item=iris-t&unit=system&group_by=item&as_of=2025-01-01"}
            """, null);
        var page = await service.Anonymous.GetStringAsync("/perimeters/iris", Cancel);
        Assert.Contains("<h1>IRIS-T of &lt;Germany&gt;</h1>", page);
        Assert.Contains("All that Germany promised.", page);
        Assert.Contains("Promised to Ukraine by Germany in IRIS-T as of 1 January 2025", page);
        const string Filter = "recipient=UKR&amp;donor=DEU&amp;item=iris-t&amp;unit=system";
        foreach (var place in new[] { "/?", "/v1/balances?", "/v1/balances/chart.svg?", "/deadlines.ics?", "/feed.atom?" })
            Assert.Contains($"href=\"{place}{Filter}", page);

        // The same rows and sums as the question has at Explore.
        var explored = await service.Anonymous.GetStringAsync("/?recipient=UKR&donor=DEU&item=iris-t&unit=system&group_by=item&as_of=2025-01-01", Cancel);
        Assert.Equal(Table(explored), Table(page));
        Assert.Contains("data-name=\"Overdue\"", Table(page));

        // Another day is a question of the page, not of the perimeter.
        Assert.Contains("as of 4 March 2024", await service.Anonymous.GetStringAsync("/perimeters/iris?as_of=2024-03-04", Cancel));
        Assert.Contains(">IRIS-T of &lt;Germany&gt;</a>", await service.Anonymous.GetStringAsync("/", Cancel));
        Assert.DoesNotContain("/perimeters/iris", await service.Anonymous.GetStringAsync("/?donor=DEU", Cancel));
        Assert.Equal(404, (int)(await service.Anonymous.GetAsync("/perimeters/nowhere", Cancel)).StatusCode);
        Assert.Equal(400, (int)(await service.Anonymous.GetAsync("/perimeters/iris?donor=FRA", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_row_whose_deliveries_are_left_out_says_so()
    {
        // Germany promised a Patriot at the summit. It came a year later, and the days of the perimeter leave that delivery out.
        var page = await service.Anonymous.GetStringAsync("/perimeters/washington-2024", Cancel);
        Assert.Matches("Germany</a><span class=\"hint\">[^<]*1 came by deliveries that are not counted here", page);
        Assert.Contains("<p>1 came by deliveries that are not counted here</p>", page);
    }

    [Fact]
    public async Task A_page_says_that_a_party_of_its_filter_was_deleted()
    {
        await _editor.DoesAsync("PUT", "/v1/parties/fleeting", """{"name":"Fleeting"}""", null);
        await _editor.DoesAsync("PUT", "/v1/perimeters/fleeting", """{"name":"F","filter":"donor=Fleeting"}""", null);
        Assert.StartsWith("200", await _editor.AsksAsync("DELETE", "/v1/parties/fleeting"));
        var page = await service.Anonymous.GetAsync("/perimeters/fleeting", Cancel);
        Assert.Equal(409, (int)page.StatusCode);
        Assert.Contains("othing has the code, name or alias", await page.Content.ReadAsStringAsync(Cancel));
        Assert.StartsWith("422 unknown_party /filter", await _editor.AsksAsync("PATCH", "/v1/perimeters/fleeting", """{"name":"G"}"""));
        Assert.StartsWith("200", await _editor.AsksAsync("PATCH", "/v1/perimeters/fleeting", """{"filter":"donor=DEU"}"""));
    }

    static string Table(string html) => Regex.Match(html, "<table class=\"rows\">.*?</table>", RegexOptions.Singleline).Value;
}
