using System.Net;

namespace Facts.Api.Tests.Balances;

/// <summary>Lists of facts take the filters of balances, and give the facts that those count.</summary>
public sealed class FactFilterTests(CaseService service) : IClassFixture<CaseService>
{
    readonly Case _case = new(service.Admin);

    [Theory]
    [InlineData("", "1 2 3 5 7")]
    [InlineData("&due_from=2024-12-15", "1 3 5")]
    [InlineData("&due_from=2025-01-15", "1 3")]
    [InlineData("&due_from=2025-01-16", "1")]
    [InlineData("&due_to=2024-05-01", "2")]
    [InlineData("&due_to=2024-12-31", "2 5")]
    [InlineData("&due_from=2024-12-01&due_to=2024-12-31", "5")]
    [InlineData("&stated_from=2024-02-01", "2 3 5")]
    [InlineData("&stated_to=2024-02-01", "1 2 3 7")]
    [InlineData("&stated_from=2024-02-01&stated_to=2024-02-28", "2 3")]
    [InlineData("&unit=SYSTEMS", "1 2 3 5 7")]
    [InlineData("&unit=eur", "")]
    public async Task From_and_to_a_day(string filter, string quantities)
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-03-01", quantity = 5, due_on = "2024-12" },
            new { kind = "pledge", stated_on = "2024-02-01", quantity = 3, due_on = "2024-06-01/2025-01-15" },
            new { kind = "pledge", stated_on = "2024-02-01/2024-03", quantity = 2, due_on = "../2024-05-01" },
            new { kind = "pledge", stated_on = "2024-01", quantity = 1, due_on = "2025-01-01/.." },
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 7 });
        foreach (var asOf in new[] { "2024-06-30", DateTime.UtcNow.ToString("yyyy-MM-dd") })
        {
            var facts = await _case.FactsAsync("commitments", asOf, filter);
            Assert.Equal(quantities, string.Join(' ', facts.Select(f => f["original"].Split(',')[0][1..]).Order(StringComparer.Ordinal)));
            Assert.Equal(facts.Count, (await _case.RowsAsync(asOf, filter)).Sum(r => int.Parse(r["commitments"])));
        }
        var claims = await _case.FactsAsync("claims", "2024-12-31", filter);
        Assert.Equal(quantities, string.Join(' ', claims.Select(f => f["quantity"].Split(',')[0][1..]).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("2024-06-30", "open", "3 7")]
    [InlineData("2024-06-30", "partial", "5")]
    [InlineData("2024-06-30", "open,partial", "3 5 7")]
    [InlineData("2024-06-30", "fulfilled", "")]
    [InlineData("2024-12-31", "fulfilled", "3")]
    [InlineData("2024-12-31", "cancelled", "7")]
    public async Task Balances_of_commitments_in_one_state(string asOf, string status, string quantities)
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 5, commitment = "some" },
            new { kind = "delivery", happened_on = "2024-03-01", quantity = 2, commitment = "some" },
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 3, commitment = "late" },
            new { kind = "delivery", happened_on = "2024-09-01", quantity = 3, commitment = "late" },
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 7, commitment = "gone" },
            new { kind = "cancellation", stated_on = "2024-08-01", commitment = "gone" });
        var filter = $"&status={status}";
        var facts = await _case.FactsAsync("commitments", asOf, filter);
        Assert.Equal(quantities, string.Join(' ', facts.Select(f => f["original"].Split(',')[0][1..]).Order(StringComparer.Ordinal)));
        var rows = await _case.RowsAsync(asOf, filter);
        Assert.Equal(facts.Count, rows.Sum(r => int.Parse(r["commitments"])));
        Assert.All(rows, row => Assert.Equal("0", row["deliveries"]));
        foreach (var row in rows)
            Assert.Equal(facts.Sum(f => decimal.Parse(f["original"].Split(',')[0][1..])), decimal.Parse(row["original"].Split(',')[0][1..]));
    }

    /// <summary>A text that stands for days is compared and sorted by a day, not letter by letter.</summary>
    [Theory]
    [InlineData("&sort=due_on", "2 5 1 3 7")]
    [InlineData("&sort=-due_on", "3 1 5 2 7")]
    [InlineData("&sort=-stated_on,-due_on", "5 3 2 1 7")]
    [InlineData("&sort=due_on&due_on__lt=2024-12-31", "2")]
    [InlineData("&sort=due_on&due_on__lte=2024-12-31", "2 5")]
    [InlineData("&sort=due_on&due_on__gt=2024-12-31", "1 3")]
    [InlineData("&sort=due_on&due_on__gte=2024-12-31", "5 1 3")]
    [InlineData("&sort=due_on&due_on=../2024-05-01", "2")]
    [InlineData("&sort=due_on&due_on__startswith=2024", "5 3")]
    public async Task A_date_is_compared_and_sorted_by_its_day(string filter, string quantities)
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-03-01", quantity = 5, due_on = "2024-12" },
            new { kind = "pledge", stated_on = "2024-02-01", quantity = 3, due_on = "2024-06-01/2025-01-15" },
            new { kind = "pledge", stated_on = "../2024-01-20", quantity = 2, due_on = "../2024-05-01" },
            new { kind = "pledge", stated_on = "2024-01", quantity = 1, due_on = "2025-01-01/.." },
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 7 });
        foreach (var (noun, asOf) in new[] { ("commitments", "2024-06-30"), ("commitments", DateTime.UtcNow.ToString("yyyy-MM-dd")), ("claims", "2024-06-30") })
        {
            var walked = new List<Row>();
            for (string? page = $"/v1/{noun}?recipient={_case.RecipientInUrl}&as_of={asOf}&limit=1{filter}"; page is not null;)
            {
                var list = await _case.GetAsync(page);
                walked.AddRange(list.GetProperty("items").EnumerateArray().Select(r => new Row(r)));
                page = list.GetProperty("next").GetString();
            }
            Assert.Equal(quantities, string.Join(' ', walked.Select(r => r[noun == "claims" ? "quantity" : "original"].Split(',')[0][1..])));
        }
    }

    [Theory]
    [InlineData("&happened_from=2024-03-01", "2 3")]
    [InlineData("&happened_to=2024-03-01", "1 3")]
    public async Task Deliveries_by_the_last_day_they_can_have_been(string filter, string quantities)
    {
        await _case.LoadAsync(
            new { kind = "delivery", happened_on = "2024-02", quantity = 1 },
            new { kind = "delivery", happened_on = "2024-02-20/2024-03-10", quantity = 2 },
            new { kind = "delivery", happened_on = "../2024-03-01", quantity = 3 });
        foreach (var noun in new[] { "deliveries", "claims" })
            Assert.Equal(quantities, string.Join(' ',
                (await _case.FactsAsync(noun, "2024-12-31", filter)).Select(f => f[noun == "claims" ? "quantity" : "delivered"].Split(',')[0][1..])
                .Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_currency_is_one_unit_whatever_its_case()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", items = new[] { "money" }, unit = "EUR", quantity = 1_000_000 },
            new { kind = "delivery", happened_on = "2024-02-01", items = new[] { "money" }, unit = "eur", quantity = 400_000 });
        var row = await _case.RowAsync("2024-03-01", "&unit=Eur");
        Assert.Equal("EUR [1000000, 1000000] [400000, 400000] [600000, 600000]", $"{row["unit"]} {row["committed"]} {row["delivered"]} {row["outstanding"]}");
    }

    [Fact]
    public async Task Some_of_a_commitment_that_arrived_is_counted_in_its_unit()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", items = new[] { "new-sam" }, unit = "launcher", quantity = 2, commitment = "c" },
            new { kind = "delivery", happened_on = "2024-02-01", items = new[] { "new-sam" }, donors = new[] { "ROU" }, commitment = "c" });
        foreach (var day in new[] { "2024-03-01", DateTime.UtcNow.ToString("yyyy-MM-dd") })
        {
            var row = await _case.RowAsync(day);
            Assert.Equal("launcher [0, 2] [0, 2] 1", $"{row["unit"]} {row["delivered"]} {row["outstanding"]} {row["unquantified"]}");
        }
        Assert.Empty(await service.DifferencesAsync());
    }

    [Theory]
    [InlineData("commitments")]
    [InlineData("claims")]
    public async Task By_donor_and_item_lists_are_sorted_and_counted(string noun)
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-03-01", quantity = 1, donors = new[] { "NLD", "DEU" } },
            new { kind = "pledge", stated_on = "2024-03-01", quantity = 2, donors = new[] { "ROU" } },
            new { kind = "pledge", stated_on = "2024-03-01", quantity = 3, items = new[] { "patriot", "hawk" } },
            new { kind = "pledge", stated_on = "2024-04-01", quantity = 4 });
        string Quantities(IEnumerable<Row> rows) => string.Join(' ', rows.Select(r => r[noun == "claims" ? "quantity" : "original"].Split(',')[0][1..]));
        foreach (var asOf in new[] { "2024-12-31", "2024-04-02" })
        {
            Assert.Equal("4 3 1 2", Quantities(await _case.FactsAsync(noun, asOf, "&sort=-stated_on,donor")));
            Assert.Equal("3 2 1 4", Quantities(await _case.FactsAsync(noun, asOf, "&sort=item,-donor")));
            var url = $"/v1/{noun}?recipient={_case.RecipientInUrl}&as_of={asOf}";
            var walked = new List<Row>();
            for (string? page = $"{url}&sort=donor,item&limit=1"; page is not null;)
            {
                var list = await _case.GetAsync(page);
                walked.AddRange(list.GetProperty("items").EnumerateArray().Select(r => new Row(r)));
                page = list.GetProperty("next").GetString();
            }
            Assert.Equal("3 4 1 2", Quantities(walked));
            var facet = (await _case.GetAsync(url + "&facet=donor")).GetProperty("facets").GetProperty("donor").EnumerateArray().ToList();
            Assert.Equal(["DEU Germany 3", "NLD Netherlands 1", "ROU Romania 1"],
                facet.Select(f => $"{f.GetProperty("value")} {f.GetProperty("label")} {f.GetProperty("count")}"));
            foreach (var value in facet)
                Assert.Equal(value.GetProperty("count").GetInt32(),
                    (await _case.GetAsync(value.GetProperty("link").GetString()!)).GetProperty("items").GetArrayLength());
        }
    }

    /// <summary>Only claims that count can put a commitment inside of another.</summary>
    [Fact]
    public async Task A_part_whose_article_was_retracted_may_become_the_whole()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 5, commitment = "a" },
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 2, commitment = "b", part_of = "a", article = "wrong" });
        var article = (await _case.FactsAsync("claims", "2024-12-31")).Single(c => c["part_of"] != "")["article_id"];
        using var request = new HttpRequestMessage(HttpMethod.Patch,
            $"/v1/articles/{article}")
        { Content = Case.Json("""{"status":"retracted"}""", "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await service.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 9, commitment = "b" },
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 5, commitment = "a", part_of = "b" });
        Assert.Equal("[9, 9]", (await _case.RowAsync("2024-03-01"))["committed"]);
    }

    [Theory]
    [InlineData("a")]
    [InlineData(null)]
    public async Task The_number_of_a_fact_whose_first_claim_was_withdrawn_leads_to_the_fact(string? key)
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 2, commitment = key },
            new { kind = "pledge", stated_on = "2024-01-02", quantity = 2, commitment = key });
        var before = Assert.Single(await _case.FactsAsync("commitments", "2024-12-31"))["id"];
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/v1/claims/{before}");
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await service.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
        var now = Assert.Single(await _case.FactsAsync("commitments", "2024-12-31"))["id"];
        Assert.NotEqual(before, now);
        foreach (var more in new[] { "?as_of=2024-12-31", "/history?as_of=2024-12-31" })
        {
            using var moved = await service.CreateClient(new() { AllowAutoRedirect = false })
                .GetAsync($"/v1/commitments/{before}{more}", TestContext.Current.CancellationToken);
            Assert.True(moved.StatusCode == HttpStatusCode.PermanentRedirect, await moved.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal($"/v1/commitments/{now}{more}", moved.Headers.Location?.ToString());
        }
    }

    [Fact]
    public async Task A_correction_in_the_same_import_may_swap_part_and_whole()
    {
        await _case.LoadAsync(new
        {
            external_id = "b", kind = "pledge", stated_on = "2024-01-01", quantity = 2, commitment = "b", part_of = "a",
            article = "list"
        });
        await _case.LoadAsync(
            new { external_id = "a", kind = "pledge", stated_on = "2024-01-01", quantity = 2, commitment = "a", part_of = "b", article = "list" },
            new { external_id = "b", kind = "pledge", stated_on = "2024-01-01", quantity = 9, commitment = "b", article = "list" });
        Assert.Equal("[9, 9]", (await _case.RowAsync("2024-03-01"))["committed"]);
    }
}
