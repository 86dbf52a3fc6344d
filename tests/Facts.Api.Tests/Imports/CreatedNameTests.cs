using System.Text.Json;
using System.Text.RegularExpressions;
using Facts.Api.Tests.Catalogue;

namespace Facts.Api.Tests.Imports;

/// <summary>The parties and items that <c>create_missing</c> creates: their codes, their place in the report, and warnings about doubtful names.</summary>
public sealed partial class CreatedNameTests(CaseService service) : IClassFixture<CaseService>
{
    readonly Editor _editor = new(service.Admin);

    [Fact]
    public async Task The_report_lists_what_was_created_and_warns_of_a_name_near_to_a_known_one()
    {
        var report = await LoadAsync("near", "create_missing=true", Row("1", "Germny", "patriot"), Row("2", "Germny", "Patrriot"));

        Assert.Equal("""{"party_count":1,"parties":[{"code":"germny","name":"Germny"}],"item_count":1,"items":[{"code":"patrriot","name":"Patrriot"}]}""",
            report.GetProperty("created").ToString());
        Assert.Equal(
            [
                "1 donors /donors/0 unknown_party: donors 'Germny' is created as a new party with the code germny, and is near to Germany (DEU), which is known | Germany",
                "2 items /items/0 unknown_item: items 'Patrriot' is created as a new item with the code patrriot, and is near to patriot (patriot), which is known | patriot",
            ], Warnings(report));

        // The second time the names are known.
        var again = await LoadAsync("near", "create_missing=true", Row("1", "Germny", "patriot"), Row("2", "Germny", "Patrriot"));
        Assert.Equal("""{"party_count":0,"parties":[],"item_count":0,"items":[]}""", again.GetProperty("created").ToString());
        Assert.Empty(Warnings(again));
        Assert.Equal(report.GetProperty("created").ToString(),
            (await _editor.ReadsAsync($"/v1/imports/{report.GetProperty("id")}")).GetProperty("created").ToString());
    }

    [Theory]
    [InlineData("Germany and Denmark", "holds known names, Germany and Denmark: give them as several values (DEU;DNK)")]
    [InlineData("Germany, France & UK", "holds known names, Germany and France and UK: give them as several values (DEU;FRA;GBR)")]
    [InlineData("Federal Republic of Germny", "is near to Federal Republic of Germany (DEU), which is known")]
    [InlineData("Cote dIvoire", "is near to Cote d'Ivoire (CIV), which is known")]
    [InlineData("Bósnia", "is near to Bosnia (BIH), which is known")]
    public async Task A_doubtful_party_is_created_with_a_warning(string name, string warning)
    {
        var report = await LoadAsync(name, "create_missing=parties&dry_run=true", Row("1", name, "patriot"));
        Assert.Contains(warning, Assert.Single(Warnings(report)));
        Assert.Equal(1, report.GetProperty("created").Number("party_count"));
    }

    [Theory]
    [InlineData("Leopard-1; patriot", true), InlineData("hawk or nasams", true), InlineData("Leopard-2", false), InlineData("Truck", false)]
    public async Task A_doubtful_item_is_created_with_a_warning(string name, bool isDoubtful)
    {
        var report = await LoadAsync(name, "create_missing=items&dry_run=true", Row("1", "DEU", name));
        Assert.Equal(isDoubtful ? 1 : 0, report.Number("warning_count"));
    }

    [Fact]
    public async Task Only_parties_or_only_items_are_created_if_the_caller_says_so()
    {
        var (status, report) = await SendAsync("only", "create_missing=parties", Row("1", "Only Giver", "only thing"));
        Assert.Equal("422 unknown_item", $"{status} {report.GetProperty("errors")[0].GetProperty("code")}");
        (status, report) = await SendAsync("only", "create_missing=items", Row("1", "Only Giver", "only thing"));
        Assert.Equal("422 unknown_party", $"{status} {report.GetProperty("errors")[0].GetProperty("code")}");
        Assert.Equal("""{"party_count":0,"parties":[],"item_count":0,"items":[]}""", report.GetProperty("created").ToString());

        report = await LoadAsync("only", "create_missing=parties", Row("1", "Only Giver", "patriot"));
        Assert.Equal("true parties", $"{report.GetProperty("options").GetProperty("create_missing").ToString().ToLowerInvariant()} {report.GetProperty("options").GetProperty("create_only")}");
        report = await LoadAsync("only", "create_missing=items", Row("2", "Only Giver", "only thing"));
        Assert.Equal("only-thing", report.GetProperty("created").GetProperty("items")[0].Word("code"));
        (status, report) = await SendAsync("only", "create_missing=all", Row("1", "DEU", "patriot"));
        Assert.Equal("400 create_missing 'all' is not one of false, true, parties, items",
            $"{status} {report.GetProperty("errors")[0].GetProperty("parameter")} {report.GetProperty("errors")[0].Word("message")}");
    }

    /// <summary>The interface takes the codes that it makes: letters of any script become small ASCII letters.</summary>
    [Theory]
    [InlineData("Région Île-de-France", "region-ile-de-france"), InlineData("Straße & Söhne", "strasse-sohne"), InlineData("Ørsted Łódź Đuro", "orsted-lodz-duro")]
    [InlineData("Æther Œuvre Þór", "aether-oeuvre-thor"), InlineData("O’Neill’s", "o-neill-s"), InlineData("Київська область", "kiivska-oblast")]
    [InlineData("Ελλάς Α.Ε.", "ellas-a-e"), InlineData("中国红十字会", "zhongguohongshizihui"), InlineData("İstanbul", "istanbul"), InlineData("…", "party-")]
    public async Task A_code_is_a_plain_slug_that_the_interface_takes(string name, string code)
    {
        var report = await LoadAsync(name, "create_missing=true", Row("1", name, name));
        var party = report.GetProperty("created").GetProperty("parties")[0].Word("code");
        var item = report.GetProperty("created").GetProperty("items")[0].Word("code");
        Assert.StartsWith(code, party);
        if (name != "…") Assert.Equal($"{code} {code}", $"{party} {item}");
        Assert.Matches(Slug(), party);
        await _editor.DoesAsync("PATCH", $"/v1/parties/{party}", """{"aliases":[]}""");
        await _editor.DoesAsync("PUT", $"/v1/items/{item}", $$"""{"code":"{{item}}","name":"{{name}}","unit":"system"}""");
        Assert.Equal(party, (await _editor.ReadsAsync("/v1/parties/" + Uri.EscapeDataString(name))).Word("code"));
    }

    [Fact]
    public async Task Names_that_are_spelled_alike_have_codes_of_their_own()
    {
        var report = await LoadAsync("alike", "create_missing=true", Row("1", "Aid-Group", "patriot"), Row("2", "Aid Group", "patriot"),
            Row("3", new string('a', 299), "patriot"), Row("4", new string('a', 298) + "!", "patriot"));
        var codes = report.GetProperty("created").GetProperty("parties").EnumerateArray().Select(p => p.Word("code")).ToList();
        Assert.Equal("aid-group", codes[0]);
        Assert.StartsWith("aid-group-", codes[1]);
        Assert.Equal(4, codes.Distinct().Count());
        Assert.All(codes, code => Assert.InRange(code.Length, 1, 100));
        Assert.All(codes, code => Assert.Matches(Slug(), code));
    }

    async Task<JsonElement> LoadAsync(string article, string query, params object[] rows)
    {
        var (status, report) = await SendAsync(article, query, rows);
        Assert.True(status == 200, report.ToString());
        return report;
    }

    Task<(int Status, JsonElement Body)> SendAsync(string article, string query, params object[] rows) =>
        service.Admin.LoadAsync(string.Join('\n', rows.Select(r => JsonSerializer.Serialize(r).Replace("ARTICLE", "created " + article))), query,
            "application/x-ndjson");

    static object Row(string id, string donor, string item) => new
    {
        external_id = id, article_external_id = "ARTICLE", kind = "pledge", donors = new[] { donor }, recipient = "UKR", items = new[] { item },
        quantity = 1, unit = "system", stated_on = "2020-01-01",
    };

    static List<string> Warnings(JsonElement report) =>
    [
        .. report.GetProperty("warnings").EnumerateArray().Select(w =>
            $"{w.GetProperty("row")} {w.GetProperty("column")} {w.GetProperty("pointer")} {w.GetProperty("code")}: {w.GetProperty("message")} | {w.GetProperty("suggestion")}"),
    ];

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Slug();
}
