namespace Facts.Api.Tests.Balances;

/// <summary>Repeated reports of one fact, and reports of different facts that look alike.</summary>
public sealed class RepeatedReportTests(CaseService service) : IClassFixture<CaseService>
{
    readonly Case _case = new(service.Admin);

    [Fact]
    public async Task Seven_outlets_report_one_delivery_and_it_counts_once()
    {
        await _case.LoadAsync([.. new[] { "2024-10", "2024-10-03", "../2024-10-03", "2024-10-02/2024-10-04", "2024-10", "2024-10-01/2024-10-03", "2024-10-03" }
            .Select(on => new { kind = "delivery", happened_on = on, stated_on = "2024-10-04", donors = new[] { "ROU" }, items = new[] { "patriot" },
                quantity = 1 })]);
        var row = await _case.RowAsync("2024-12-04");
        Assert.Equal("[1, 1]", row["delivered"]);
        Assert.Equal("1", row["deliveries"]);
        Assert.Equal("7", row["claims"]);
        Assert.Equal("7", row["publishers"]);
    }

    [Fact]
    public async Task One_in_May_and_one_in_October_are_two()
    {
        await _case.LoadAsync(
            new { kind = "delivery", happened_on = "2024-05", quantity = 1 },
            new { kind = "delivery", happened_on = "2024-10", quantity = 1 });
        var row = await _case.RowAsync("2024-12-04");
        Assert.Equal("[2, 2]", row["delivered"]);
        Assert.Equal("2", row["deliveries"]);
    }

    [Fact]
    public async Task Two_equal_rows_of_one_article_are_two_however_often_it_is_loaded()
    {
        var twin = new { kind = "delivery", happened_on = "2024-05-01", quantity = 1, article = "dataset" };
        await _case.LoadAsync(twin, twin);
        Assert.Equal("[2, 2]", (await _case.RowAsync("2024-12-04"))["delivered"]);
        var again = await _case.LoadAsync(twin, twin);
        Assert.Equal(2, again.GetProperty("rows_unchanged").GetInt32());
        Assert.Equal("[2, 2]", (await _case.RowAsync("2024-12-04"))["delivered"]);
    }

    [Fact]
    public async Task Two_more_by_the_end_of_the_year_are_what_remains_of_four()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-08-01", quantity = 4 },
            new { kind = "delivery", happened_on = "2024-09-01", quantity = 2 },
            new { kind = "pledge", stated_on = "2024-12-04", quantity = 2, quantity_basis = "remaining", due_on = "../2024-12-31" });
        var row = await _case.RowAsync("2024-12-05");
        Assert.Equal("[4, 4]", row["committed"]);
        Assert.Equal("[2, 2]", row["delivered"]);
        Assert.Equal("[2, 2]", row["outstanding"]);
        Assert.Equal("1", row["commitments"]);
    }

    [Theory]
    [InlineData("2024-04-01", "[500000, 500000]", "[500000, 500000]")]
    [InlineData("2024-11-12", "[980000, 980000]", "[20000, 20000]")]
    public async Task A_running_total_replaces_the_one_before(string day, string delivered, string outstanding)
    {
        var shells = new[] { "shell" };
        object SoFar(string on, int number) =>
            new
            {
                kind = "delivery", happened_on = on, stated_on = on, items = shells, quantity = number, quantity_basis = "cumulative", unit = "round",
                commitment = "shells"
            };
        await _case.LoadAsync(
        [
            new { kind = "pledge", stated_on = "2023-03-20", items = shells, quantity = 1_000_000, unit = "round", commitment = "shells", due_on = "2024-03" },
            SoFar("2024-01-30", 330_000),
            SoFar("2024-03-20", 500_000),
            .. Enumerable.Repeat(SoFar("2024-11-12", 980_000), 5),
        ]);
        var row = await _case.RowAsync(day);
        Assert.Equal("[1000000, 1000000]", row["committed"]);
        Assert.Equal(delivered, row["delivered"]);
        Assert.Equal(outstanding, row["outstanding"]);
        Assert.Equal(outstanding, row["overdue"]);
    }

    [Fact]
    public async Task A_summit_total_holds_the_national_pledges()
    {
        object Part(string donor) =>
            new { kind = "pledge", stated_on = "2024-07-12", donors = new[] { donor }, quantity = 1, commitment = donor, part_of = "summit" };
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-07-10", donors = new[] { "NATO" }, quantity = 5, commitment = "summit" },
            Part("DEU"), Part("NLD"));
        Assert.Equal("[5, 5]", (await _case.RowAsync("2024-08-01"))["committed"]);
        var nato = Assert.Single(await _case.RowsAsync("2024-08-01", "&group_by=donor"), r => r["donor_name"] == "NATO");
        Assert.Equal("[3, 3]", nato["committed"]);
        await _case.LoadAsync(Part("ROU"), Part("ITA"), Part("USA"));
        Assert.Equal("[5, 5]", (await _case.RowAsync("2024-08-01"))["committed"]);
    }

    [Fact]
    public async Task Three_outlets_outweigh_one_and_the_other_stays_visible()
    {
        await _case.LoadAsync([.. new[] { 5, 5, 5, 7 }.Select(n => new { kind = "pledge", stated_on = "2024-01-01", quantity = n, commitment = "c" })]);
        var row = await _case.RowAsync("2024-03-01");
        Assert.Equal("[5, 5]", row["committed"]);
        Assert.Equal("1", row["conflicts"]);
        Assert.Equal("[5, 7]", Assert.Single(await _case.FactsAsync("commitments", "2024-03-01"))["envelope"]);
    }

    [Fact]
    public async Task Three_who_pledge_together_are_a_row_of_their_own()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", donors = new[] { "DNK", "DEU", "NLD" }, quantity_low = 100, quantity_qualifier = "at_least" },
            new { kind = "pledge", stated_on = "2024-06-01", donors = new[] { "DEU" }, quantity = 1 });
        Assert.Equal("[101, ∞)", (await _case.RowAsync("2024-07-01"))["committed"]);
        Assert.Equal(["DEU [1, 1] False", "DEU+DNK+NLD [100, ∞) True"],
            (await _case.RowsAsync("2024-07-01", "&group_by=donor")).Select(r => $"{r["donor"]} {r["committed"]} {r["shared"]}"));
    }

    [Fact]
    public async Task Five_outlets_that_give_the_whole_total_of_a_model_add_only_what_was_missing()
    {
        await _case.LoadAsync(
        [
            new { kind = "pledge", stated_on = "2023-01-25", items = new[] { "tank" }, quantity = 31, unit = "vehicle", commitment = "tanks" },
            new { kind = "delivery", happened_on = "2023-09-25", items = new[] { "tank" }, quantity_low = 8, quantity_high = 10, unit = "vehicle",
                commitment = "tanks" },
            .. Enumerable.Repeat(new { kind = "delivery", happened_on = "2023-10-16", items = new[] { "leopard-1" }, quantity = 31,
                quantity_basis = "cumulative", unit = "vehicle", commitment = "tanks" }, 5),
        ]);
        var row = await _case.RowAsync("2024-04-01");
        Assert.Equal("[31, 31]", row["delivered"]);
        Assert.Equal("[0, 0]", row["outstanding"]);
        Assert.Equal("[0, 0]", row["surplus"]);
        Assert.Equal("[0, 0]", row["unpledged"]);
    }

    [Fact]
    public async Task Two_reports_of_one_outlet_count_twice_and_are_shown_as_possible_overlap()
    {
        object Report(int outlet) =>
            new { kind = "delivery", happened_on = "2024-10-03", items = new[] { "patriot" }, quantity = 1, article = $"paper-{outlet}" };
        await _case.LoadAsync([.. Enumerable.Range(0, 7).Select(Report), Report(0)]);
        var row = await _case.RowAsync("2024-12-04");
        Assert.Equal("[2, 2]", row["delivered"]);
        Assert.Equal("2", row["deliveries"]);
        Assert.Equal("2", row["possible_overlap"]);
    }
}
