using System.Net.Http.Json;

namespace Facts.Api.Tests.Review;

/// <summary>Reports that a careful analyst would look at twice: each is counted, shown as possible overlap, and listed for review with its reason.</summary>
public sealed class DoubtTests(CaseService service) : IClassFixture<CaseService>
{
    const string Day = "2024-12-31";

    readonly Case _case = new(service.Admin);

    [Theory]
    [InlineData("2 2 3", 5, 2)]
    [InlineData("5 5 5 7", 12, 5)]
    [InlineData("1200000000 1150000000", 2_350_000_000, 1_150_000_000)]
    public async Task Outlets_that_give_other_numbers_on_one_day(string numbers, long committed, long overlap)
    {
        await _case.LoadAsync([.. numbers.Split(' ').Select(n => Pledge("2024-05-01", long.Parse(n)))]);
        await HoldsAsync($"[{committed}, {committed}] 2 {overlap} 0", "another_number");
    }

    [Fact]
    public async Task One_outlet_day_after_day()
    {
        await _case.LoadAsync([.. new[] { 1, 3, 5, 7, 9 }.Select(day => Delivery($"2024-05-0{day}", 100_000, publisher: "The Daily"))]);
        var row = await _case.RowAsync(Day);
        Assert.Equal(("[500000, 500000]", "5", "400000"), (row["delivered"], row["possible_overlap"], row["delivered_overlap"]));
    }

    [Fact]
    public async Task Five_outlets_day_after_day()
    {
        await _case.LoadAsync([.. new[] { 1, 3, 5, 7, 9 }.Select(day => Delivery($"2024-05-0{day}", 100_000))]);
        var row = await _case.RowAsync(Day);
        Assert.Equal(("[300000, 300000]", "3", "3"), (row["delivered"], row["deliveries"], row["possible_overlap"]));
    }

    [Theory]
    [InlineData("The Daily", "The Daily", "[100, 100] 2 50 0", "near_miss")]
    [InlineData("The Daily", "The Post", "[50, 50] 0 0 0", "")]
    public async Task Another_fifty_two_days_later(string first, string second, string expected, string reasons)
    {
        await _case.LoadAsync(Pledge("2024-05-01", 50, publisher: first), Pledge("2024-05-03", 50, publisher: second));
        await HoldsAsync(expected, reasons);
    }

    [Fact]
    public async Task The_state_of_a_commitment_told_as_a_pledge()
    {
        await _case.LoadAsync(
            Pledge("2024-01-10", 6, key: "c"),
            new { kind = "amendment", stated_on = "2024-03-01", commitment = "c", quantity = 10, quantity_basis = "total" },
            Pledge("2024-03-20", 10));
        await HoldsAsync("[20, 20] 2 10 0", "state_told");
    }

    [Fact]
    public async Task A_pledge_announced_again_while_it_is_open()
    {
        await _case.LoadAsync(Pledge("2024-09-01", 2, due: "2024-12-31"), Pledge("2024-12-01", 2, due: "2024-12-31"));
        await HoldsAsync("[4, 4] 2 2 0", "announced_again");
        await _case.LoadAsync(Delivery("2024-10-15", 2));
        await HoldsAsync("[4, 4] 0 0 0", "");
    }

    [Fact]
    public async Task A_joint_pledge_and_that_of_one_of_its_donors()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-05-01", donors = new[] { "DEU", "DNK", "NLD" }, quantity = 100 },
            new { kind = "pledge", stated_on = "2024-05-04", donors = new[] { "DNK" }, quantity = 100 });
        await HoldsAsync("[200, 200] 2 100 0", "joint_and_own");
        Assert.Equal(["0", "0"], (await _case.RowsAsync(Day, "&group_by=donor")).Select(r => r["committed_overlap"]));
        Assert.Equal("100", (await _case.RowAsync(Day, "&donor=DNK"))["committed_overlap"]);
    }

    [Fact]
    public async Task A_delivery_of_one_donor_where_only_the_joint_pledge_is_open()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-05-01", donors = new[] { "DEU", "DNK", "NLD" }, quantity = 100 },
            new { kind = "delivery", happened_on = "2024-08-01", donors = new[] { "DNK" }, quantity = 30 });
        var pair = Assert.Single(await PairsAsync());
        Assert.Equal(("partner_delivery", "link", "unpledged"), (pair["reason"], pair["decision"], pair["measure"]));
        var row = await _case.RowAsync(Day);
        Assert.Equal(("[100, 100]", "[30, 30]", "2"), (row["outstanding"], row["unpledged"], row["possible_overlap"]));
        await LinkAsync(pair);
        row = await _case.RowAsync(Day);
        Assert.Equal(("[70, 70]", "[0, 0]", "0"), (row["outstanding"], row["unpledged"], row["possible_overlap"]));
    }

    [Theory]
    [InlineData("system", "battery", "another_unit")]
    [InlineData("USD", "EUR", "")]
    public async Task One_number_in_two_units(string unit, string other, string reasons)
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-05-01", quantity = 1, unit },
            new { kind = "pledge", stated_on = "2024-05-01", quantity = 1, unit = other });
        Assert.Equal(2, (await _case.RowsAsync(Day)).Count);
        Assert.Equal(reasons, string.Join(' ', (await PairsAsync()).Select(p => p["reason"])));
    }

    [Fact]
    public async Task A_delivery_that_came_before_its_pledge_was_told()
    {
        await _case.LoadAsync(Delivery("2024-04-10", 20), Pledge("2024-04-24", 20));
        var row = await _case.RowAsync(Day);
        Assert.Equal(("[20, 20]", "[20, 20]", "2"), (row["outstanding"], row["unpledged"], row["possible_overlap"]));
        var pair = Assert.Single(await PairsAsync());
        Assert.Equal("came_before", pair["reason"]);
        await LinkAsync(pair);
        Assert.Equal("[0, 0]", (await _case.RowAsync(Day))["outstanding"]);
        Assert.Empty(await PairsAsync());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Outlets_that_each_tell_two_equal_lines(int outlets)
    {
        await _case.LoadAsync([.. from outlet in Enumerable.Range(0, outlets)
                                  from line in Enumerable.Range(0, 2)
                                  select (object)new { kind = "delivery", happened_on = "2024-05-01", quantity = 1, article = $"paper-{outlet}" }]);
        var row = await _case.RowAsync(Day);
        Assert.Equal(("[2, 2]", "2", "1"), (row["delivered"], row["possible_overlap"], row["delivered_overlap"]));
    }

    [Fact]
    public async Task Equal_rows_to_which_their_publisher_gave_keys()
    {
        await _case.LoadAsync([.. Enumerable.Range(0, 275).Select(n =>
            (object)new { kind = "pledge", stated_on = "2024-05-01", quantity = 1, commitment = $"row-{n}", article = "list" })]);
        await HoldsAsync("[275, 275] 0 0 0", "");
    }

    [Fact]
    public async Task A_pair_says_what_a_decision_would_change_and_a_merge_does_it()
    {
        await _case.LoadAsync(Pledge("2024-05-01", 2), Pledge("2024-05-01", 3));
        var pair = Assert.Single(await PairsAsync());
        Assert.Equal(("merge", "committed", "[5, 5]"), (pair["decision"], pair["measure"], pair["apart"]));
        Assert.Equal("merging makes committed of the two 2; keeping apart leaves it at 5", pair["effect"]);
        var explained = (await _case.GetAsync((await _case.RowAsync(Day))["explain"])).GetProperty("pairs");
        Assert.Equal((pair["id"], pair["effect"]), (explained[0].GetProperty("id").GetString(), explained[0].GetProperty("effect").GetString()));

        await DecideAsync(new { decision = "merge", a = long.Parse(pair["a"]), b = long.Parse(pair["b"]), decided_by = "an editor", reason = "one pledge" });
        await HoldsAsync($"{pair["together"]} 0 0 0", "");
    }

    static object Pledge(string on, long quantity, string? key = null, string? due = null, string? publisher = null) =>
        new { kind = "pledge", stated_on = on, quantity, commitment = key, due_on = due, article_publisher = publisher };

    static object Delivery(string on, long quantity, string? publisher = null) =>
        new { kind = "delivery", happened_on = on, stated_on = on, quantity, article_publisher = publisher };

    // Committed, possible overlap, committed overlap and delivered overlap of the one row, and the reasons of all pairs.
    async Task HoldsAsync(string expected, string reasons)
    {
        var row = await _case.RowAsync(Day);
        Assert.Equal(expected, $"{row["committed"]} {row["possible_overlap"]} {row["committed_overlap"]} {row["delivered_overlap"]}");
        Assert.Equal(reasons, string.Join(' ', (await PairsAsync()).Select(p => p["reason"])));
    }

    async Task<IReadOnlyList<Row>> PairsAsync()
    {
        var recipient = (await _case.RowsAsync(Day, "&group_by=recipient"))[0]["recipient"];
        return [.. (await _case.GetAsync($"/v1/review?recipient={recipient}")).GetProperty("items").EnumerateArray().Select(p => new Row(p))];
    }

    Task LinkAsync(Row pair)
    {
        var (delivery, commitment) = pair["a_kind"] == "delivery" ? (pair["a"], pair["b"]) : (pair["b"], pair["a"]);
        return DecideAsync(new { decision = "link", a = long.Parse(delivery), b = long.Parse(commitment), decided_by = "an editor", reason = "the same goods" });
    }

    async Task DecideAsync(object decision)
    {
        var answer = await service.Admin.PostAsync("/v1/review/decisions", JsonContent.Create(decision), TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
