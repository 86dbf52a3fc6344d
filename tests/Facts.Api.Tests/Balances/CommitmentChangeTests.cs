namespace Facts.Api.Tests.Balances;

/// <summary>Pledges that grow, shrink, stop and start; deliveries that are too many, too few or sent back.</summary>
public sealed class CommitmentChangeTests(CaseService service) : IClassFixture<CaseService>
{
    readonly Case _case = new(service.Admin);

    [Fact]
    public async Task Six_and_four_more_were_six_and_are_ten()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 6, commitment = "c" },
            new { kind = "amendment", stated_on = "2024-02-01", quantity = 4, commitment = "c" });
        var row = await _case.RowAsync("2024-04-01");
        Assert.Equal("[6, 6]", row["original"]);
        Assert.Equal("[10, 10]", row["committed"]);
    }

    [Fact]
    public async Task Four_more_without_a_unit_are_counted_as_the_pledge_was()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", items = new[] { "patriot" }, unit = "launcher", quantity = 6, commitment = "c" },
            new { kind = "amendment", stated_on = "2024-02-01", items = new[] { "patriot" }, quantity = 4, commitment = "c" });
        var row = await _case.RowAsync("2024-04-01");
        Assert.Equal("[10, 10]", row["committed"]);
        Assert.Equal("0", row["conflicts"]);
    }

    [Fact]
    public async Task An_entry_that_vanishes_from_a_list_is_cancelled_and_neither_overdue_nor_fulfilled()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 5_032, commitment = "c", due_on = "2024-02-01" },
            new { kind = "cancellation", stated_on = "2024-03-01", commitment = "c" });
        var row = await _case.RowAsync("2024-04-01");
        Assert.Equal("[5032, 5032]", row["cancelled"]);
        Assert.Equal("[0, 0]", row["outstanding"]);
        Assert.Equal("[0, 0]", row["overdue"]);
        Assert.Equal("[0, 0]", row["credited"]);
        Assert.Equal("cancelled", Assert.Single(await _case.FactsAsync("commitments", "2024-04-01"))["status"]);
    }

    [Fact]
    public async Task Twelve_against_ten_leave_nothing_outstanding_and_two_too_many()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 10, commitment = "c" },
            new { kind = "delivery", happened_on = "2024-02-01", quantity = 12, commitment = "c" });
        var row = await _case.RowAsync("2024-04-01");
        Assert.Equal("[0, 0]", row["outstanding"]);
        Assert.Equal("[2, 2]", row["surplus"]);
        Assert.Equal("[10, 10]", row["credited"]);
    }

    [Fact]
    public async Task A_dispatched_delivery_counts_only_if_the_query_asks_for_that_stage()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 10 },
            new { kind = "delivery", happened_on = "2024-02-01", quantity = 4, stage = "dispatched" });
        Assert.Equal("[0, 0]", (await _case.RowAsync("2024-04-01"))["delivered"]);
        Assert.Equal("[10, 10]", (await _case.RowAsync("2024-04-01"))["outstanding"]);
        Assert.Equal("[4, 4]", (await _case.RowAsync("2024-04-01", "&min_stage=dispatched"))["delivered"]);
        Assert.Equal("[6, 6]", (await _case.RowAsync("2024-04-01", "&min_stage=dispatched"))["outstanding"]);
    }

    [Theory]
    [InlineData("announced")]
    [InlineData("dispatched")]
    [InlineData("arrived")]
    [InlineData("operational")]
    public async Task A_rejected_delivery_never_counts_and_stays_outstanding(string stage)
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 10 },
            new { kind = "delivery", happened_on = "2024-02-01", quantity = 4, stage = "rejected" });
        var row = await _case.RowAsync("2024-04-01", "&min_stage=" + stage);
        Assert.Equal("[0, 0]", row["delivered"]);
        Assert.Equal("[10, 10]", row["outstanding"]);
    }

    [Fact]
    public async Task Of_ten_two_are_sent_back()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 10 },
            new { kind = "delivery", happened_on = "2024-02-01", quantity = 10, delivery = "d" },
            new { kind = "delivery", happened_on = "2024-03-01", quantity = 2, delivery = "d", stage = "rejected" });
        Assert.Equal("[10, 10]", (await _case.RowAsync("2024-02-20"))["delivered"]);
        Assert.Equal("[8, 8]", (await _case.RowAsync("2024-03-01"))["delivered"]);
        Assert.Equal("[2, 2]", (await _case.RowAsync("2024-03-01"))["outstanding"]);
    }

    [Fact]
    public async Task Some_of_two_may_be_none_or_both()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 2, commitment = "c" },
            new { kind = "delivery", happened_on = "2024-02-01", quantity_qualifier = "unspecified", commitment = "c" });
        var row = await _case.RowAsync("2024-04-01");
        Assert.Equal("[0, 2]", row["credited"]);
        Assert.Equal("[0, 2]", row["outstanding"]);
        Assert.Equal("1", row["unquantified"]);
    }

    [Fact]
    public async Task A_pledge_on_hold_keeps_its_numbers_until_it_resumes()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 2, commitment = "c" },
            new { kind = "amendment", stated_on = "2024-02-01", commitment = "c", on_hold = true },
            new { kind = "amendment", stated_on = "2024-03-01", commitment = "c", on_hold = false });
        foreach (var (day, held) in new[] { ("2024-01-10", "0"), ("2024-02-10", "1"), ("2024-03-10", "0") })
        {
            var row = await _case.RowAsync(day);
            Assert.Equal(held, row["on_hold"]);
            Assert.Equal("[2, 2]", row["committed"]);
            Assert.Equal("[2, 2]", row["outstanding"]);
        }
    }

    [Fact]
    public async Task Some_are_promised_first_and_eight_later()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-25", quantity_qualifier = "unspecified", commitment = "c" },
            new { kind = "pledge", stated_on = "2024-02-14", quantity = 8, commitment = "c" });
        var first = await _case.RowAsync("2024-01-26");
        Assert.Equal("[0, 0]", first["committed"]);
        Assert.Equal("1", first["unquantified"]);
        var later = await _case.RowAsync("2024-02-14");
        Assert.Equal("[8, 8]", later["committed"]);
        Assert.Equal("0", later["unquantified"]);
    }

    [Fact]
    public async Task All_that_is_left_is_cancelled_without_a_number()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 10, commitment = "c" },
            new { kind = "delivery", happened_on = "2024-02-01", quantity = 4 },
            new { kind = "cancellation", stated_on = "2024-03-01", commitment = "c" });
        var row = await _case.RowAsync("2024-04-01");
        Assert.Equal("[10, 10]", row["original"]);
        Assert.Equal("[4, 4]", row["committed"]);
        Assert.Equal("[6, 6]", row["cancelled"]);
        Assert.Equal("[0, 0]", row["outstanding"]);
    }

    [Fact]
    public async Task A_model_that_arrives_fulfils_the_class_that_was_pledged()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", items = new[] { "air-defence" }, quantity = 3 },
            new { kind = "delivery", happened_on = "2024-02-01", items = new[] { "iris-t" }, quantity = 1 });
        Assert.Equal("[2, 2]", (await _case.RowAsync("2024-03-01"))["outstanding"]);
        var alone = await _case.RowAsync("2024-03-01", "&links=explicit");
        Assert.Equal("[3, 3]", alone["outstanding"]);
        Assert.Equal("[1, 1]", alone["unpledged"]);
    }
}
