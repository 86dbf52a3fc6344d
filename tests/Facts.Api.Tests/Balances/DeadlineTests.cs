namespace Facts.Api.Tests.Balances;

/// <summary>Deadlines: when they pass, move, or are not sure.</summary>
public sealed class DeadlineTests(CaseService service) : IClassFixture<CaseService>
{
    readonly Case _case = new(service.Admin);

    [Theory]
    [InlineData("2024-12-31", "2024-12-31", "[0, 0]")]
    [InlineData("2024-12-31", "2025-01-01", "[5, 5]")]
    [InlineData("../2024-12-25", "2024-12-25", "[0, 0]")]
    [InlineData("../2024-12-25", "2024-12-26", "[5, 5]")]
    [InlineData("2024-23", "2024-11-30", "[0, 0]")]
    [InlineData("2024-23", "2024-12-01", "[5, 5]")]
    [InlineData(null, "2099-12-31", "[0, 0]")]
    public async Task A_pledge_is_overdue_from_the_day_after_its_deadline(string? due, string day, string overdue)
    {
        await _case.LoadAsync(new { kind = "pledge", stated_on = "2024-01-01", quantity = 5, due_on = due });
        Assert.Equal(overdue, (await _case.RowAsync(day))["overdue"]);
    }

    [Fact]
    public async Task A_deadline_that_was_moved_is_overdue_by_the_first_one_only()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 5, commitment = "c", due_on = "2024-03" },
            new { kind = "amendment", stated_on = "2024-02-01", commitment = "c", due_on = "2024-12" });
        var row = await _case.RowAsync("2024-04-01");
        Assert.Equal("[0, 0]", row["overdue"]);
        Assert.Equal("[5, 5]", row["overdue_original"]);
        Assert.Equal("[5, 5]", (await _case.RowAsync("2025-01-01"))["overdue"]);
    }

    /// <summary>Stored totals answer as the claims do, and a timeline as each of its days.</summary>
    [Theory]
    [InlineData("2024-06-30", "")]
    [InlineData("2024-07-01", "overdue_original")]
    [InlineData("2024-10-01", "overdue,overdue_original")]
    [InlineData("2024-12-31", "overdue,overdue_original")]
    public async Task The_overdue_of_what_is_late_and_has_no_number_is_unknown_and_not_0(string day, string unknown)
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity_text = "some", commitment = "some", due_on = "2024-06-30" },
            new { kind = "amendment", stated_on = "2024-03-01", commitment = "some", due_on = "2024-09-30" },
            new { kind = "pledge", stated_on = "2024-01-01", quantity_text = "some", commitment = "on a condition", due_on = "2024-02-01", condition = "if asked" },
            new { kind = "pledge", stated_on = "2024-01-01", quantity_text = "some", commitment = "an intent", due_on = "2024-02-01", firmness = "intent" },
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 5, commitment = "numbered", due_on = "2030-02-01" });
        foreach (var question in new[] { "", "&known_at=2100-01-01", "&stated_from=2020-01-01", "&group_by=donor,item" })
        {
            var row = await _case.RowAsync(day, question);
            Assert.Equal("[0, 0]", row["overdue"]);
            Assert.Equal(unknown, string.Join(',', row["unknown"].Split(',').Where(m => m.StartsWith("overdue", StringComparison.Ordinal))));
        }
        var timeline = await _case.GetAsync($"/v1/balances/timeline?recipient={_case.RecipientInUrl}&from=2024-01-01&to={day}");
        Assert.Equal(unknown.Length == 0 ? null : unknown, timeline.GetProperty("items").EnumerateArray().Last().GetProperty("unknown").GetString());
    }

    [Fact]
    public async Task A_pledge_on_a_condition_is_not_overdue_until_it_is_met()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 10, commitment = "c", due_on = "2024-02-01", condition = "if parliament agrees" },
            new { kind = "amendment", stated_on = "2024-05-01", commitment = "c", condition_met = true });
        var row = await _case.RowAsync("2024-04-01");
        Assert.Equal("[10, 10]", row["committed"]);
        Assert.Equal("1", row["conditional"]);
        Assert.Equal("[0, 0]", row["overdue"]);
        var met = await _case.RowAsync("2024-05-01");
        Assert.Equal("0", met["conditional"]);
        Assert.Equal("[10, 10]", met["overdue"]);
    }
}
