namespace Facts.Api.Tests.Balances;

/// <summary>Quantities as sources state them: from "four to six" to "whatever we can".</summary>
public sealed class QuantityTests(CaseService service) : IClassFixture<CaseService>
{
    readonly Case _case = new(service.Admin);

    [Fact]
    public async Task Of_four_to_six_pledged_one_may_be_outstanding_after_five()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity_low = 4, quantity_high = 6 },
            new { kind = "delivery", happened_on = "2024-02-01", quantity = 5 });
        var row = await _case.RowAsync("2024-03-01");
        Assert.Equal("[4, 6]", row["committed"]);
        Assert.Equal("[5, 5]", row["delivered"]);
        Assert.Equal("[0, 1]", row["outstanding"]);
        Assert.Equal("partial", Assert.Single(await _case.FactsAsync("commitments", "2024-03-01"))["status"]);
    }

    [Fact]
    public async Task At_least_a_hundred_is_never_certainly_fulfilled()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity_low = 100, quantity_qualifier = "at_least" },
            new { kind = "delivery", happened_on = "2024-02-01", quantity = 100 });
        var row = await _case.RowAsync("2024-03-01");
        Assert.Equal("[100, ∞)", row["committed"]);
        Assert.Equal("[0, ∞)", row["outstanding"]);
        Assert.Equal("[0, 1]", row["fulfilment_rate"]);
    }

    [Fact]
    public async Task Up_to_ten_is_possibly_overdue_and_never_certainly()
    {
        await _case.LoadAsync(new { kind = "pledge", stated_on = "2024-01-01", quantity_high = 10, quantity_qualifier = "at_most", due_on = "2024-02-01" });
        var row = await _case.RowAsync("2024-03-01");
        Assert.Equal("[0, 10]", row["committed"]);
        Assert.Equal("[0, 10]", row["overdue"]);
    }

    [Fact]
    public async Task Dozens_are_twelve_or_more_by_the_policy_that_the_answer_names()
    {
        await _case.LoadAsync(new { kind = "pledge", stated_on = "2024-01-01", quantity_text = "dozens", quantity_qualifier = "vague" });
        Assert.Equal("[12, ∞)", (await _case.RowAsync("2024-03-01"))["committed"]);
        Assert.Equal("acled", (await _case.GetAsync("/v1/balances")).GetProperty("vague").GetString());
    }

    [Theory]
    [InlineData("half a dozen")]
    [InlineData("nearly a hundred")]
    [InlineData("tens of thousands")]
    [InlineData("a dozen")]
    public async Task A_bounded_or_singular_word_has_no_number_under_any_policy_and_a_warning(string text)
    {
        var report = await _case.LoadAsync(new { kind = "pledge", stated_on = "2024-01-01", quantity_text = text, quantity_qualifier = "vague" });
        var row = await _case.RowAsync("2024-03-01", "&vague=plural");
        Assert.Equal(("[0, 0]", "1"), (row["committed"], row["unquantified"]));
        Assert.Contains("quantity_text is no plain tens, dozens or hundreds, so the claim has no number", report.GetProperty("warnings").ToString());
        Assert.Equal("unspecified", (await ClaimsAsync()).EnumerateArray().Last(c => c.GetProperty("quantity_text").GetString() == text)
            .GetProperty("quantity_qualifier").GetString());
    }

    [Fact]
    public async Task Numbers_of_the_contributor_stand_before_a_bounded_word()
    {
        await _case.LoadAsync(new
        {
            kind = "pledge", stated_on = "2024-01-01", quantity_text = "nearly a hundred", quantity_qualifier = "vague",
            quantity_low = 90, quantity_high = 99
        });
        Assert.Equal("[90, 99]", (await _case.RowAsync("2024-03-01"))["committed"]);
    }

    [Fact]
    public async Task Another_policy_changes_the_number_and_not_the_claim()
    {
        await _case.LoadAsync(new { kind = "pledge", stated_on = "2024-01-01", quantity_text = "dozens", quantity_qualifier = "vague", commitment = "c" });
        var claims = (await ClaimsAsync()).ToString();
        Assert.Equal("[24, ∞)", (await _case.RowAsync("2024-03-01", "&vague=plural"))["committed"]);
        Assert.Equal(claims, (await ClaimsAsync()).ToString());
    }

    async Task<System.Text.Json.JsonElement> ClaimsAsync() => (await _case.GetAsync("/v1/claims?limit=5000")).GetProperty("items");

    [Fact]
    public async Task A_pledge_of_whatever_we_can_is_counted_and_adds_nothing()
    {
        await _case.LoadAsync(new { kind = "pledge", stated_on = "2024-01-01", quantity_text = "whatever we can", quantity_qualifier = "unspecified" });
        var row = await _case.RowAsync("2024-03-01");
        Assert.Equal("1", row["unquantified"]);
        foreach (var measure in new[] { "original", "committed", "outstanding", "overdue", "delivered" })
            Assert.Equal("[0, 0]", row[measure]);
    }

    [Fact]
    public async Task A_launcher_and_a_system_are_two_rows()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", items = new[] { "patriot" }, quantity = 1, unit = "launcher" },
            new { kind = "pledge", stated_on = "2024-01-01", items = new[] { "patriot" }, quantity = 1, unit = "system" });
        Assert.Equal(["launcher [1, 1]", "system [1, 1]"], (await _case.RowsAsync("2024-03-01")).Select(r => $"{r["unit"]} {r["committed"]}"));
    }

    [Fact]
    public async Task A_request_for_any_of_three_is_one_that_each_of_them_finds()
    {
        await _case.LoadAsync(new { kind = "request", stated_on = "2024-12-03", items = new[] { "hawk", "nasams", "iris-t" }, quantity = 20, unit = "system" });
        var row = await _case.RowAsync("2024-12-04", "&group_by=item");
        Assert.Equal("hawk|iris-t|nasams", row["item"]);
        foreach (var item in new[] { "hawk", "nasams", "iris-t" })
        {
            Assert.Equal("[20, 20]", (await _case.RowAsync("2024-12-04", "&item=" + item))["requested"]);
            Assert.Single(await _case.FactsAsync("requests", "2024-12-04", "&item=" + item));
        }
        Assert.Equal("1", row["requests"]);
        Assert.Empty(await _case.RowsAsync("2024-12-04", "&item=patriot"));
    }
}
