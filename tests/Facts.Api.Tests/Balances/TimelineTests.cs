using System.Net;

namespace Facts.Api.Tests.Balances;

public sealed class TimelineTests(CaseService service) : IClassFixture<CaseService>
{
    readonly Case _case = new(service.Admin);

    [Fact]
    public async Task Each_step_says_what_a_balance_of_its_last_day_says()
    {
        await _case.LoadAsync(
            new { kind = "pledge", commitment = "k", stated_on = "2024-01-10", quantity = 4, due_on = "2024-05-31" },
            new { kind = "delivery", commitment = "k", happened_on = "2024-02-15", quantity = 1 },
            new { kind = "delivery", commitment = "k", happened_on = "2024-06", quantity = 1 });

        var rows = await StepsAsync("interval=month&from=2024-01-01&to=2024-06-15");

        Assert.Equal(
            ["2024-01-31 [4, 4] [0, 0] [0, 0]", "2024-02-29 [4, 4] [1, 1] [0, 0]", "2024-03-31 [4, 4] [1, 1] [0, 0]",
                "2024-04-30 [4, 4] [1, 1] [0, 0]", "2024-05-31 [4, 4] [1, 1] [0, 0]", "2024-06-15 [4, 4] [1, 2] [2, 3]"],
            rows.Select(r => $"{r["as_of"]} {r["committed"]} {r["delivered"]} {r["overdue"]}"));
        foreach (var row in rows)
            Assert.Equal(Without(row), Without(new Row((await _case.GetAsync(row["explain"])).GetProperty("row"))));
    }

    [Fact]
    public async Task A_quarter_ends_with_its_last_month()
    {
        await _case.LoadAsync(new { kind = "pledge", stated_on = "2023-11-10", quantity = 4 });
        Assert.Equal(["2023-12-31", "2024-03-31", "2024-05-05"], (await StepsAsync("interval=quarter&from=2023-11-30&to=2024-05-05")).Select(r => r["as_of"]));
    }

    [Theory]
    [InlineData("interval=week")]
    [InlineData("from=2025-01-01&to=2024-01-01")]
    [InlineData("from=0001-01-01&to=9999-12-31")]
    public async Task A_meaningless_query_is_refused(string query) =>
        Assert.Equal(HttpStatusCode.BadRequest,
            (await service.Anonymous.GetAsync($"/v1/balances/timeline?{query}", TestContext.Current.CancellationToken)).StatusCode);

    async Task<IReadOnlyList<Row>> StepsAsync(string query) =>
        [.. (await _case.GetAsync($"/v1/balances/timeline?recipient={_case.RecipientInUrl}&{query}")).GetProperty("items").EnumerateArray()
            .Select(r => new Row(r))];

    static string Without(Row row) => string.Join('\n', row.Text().Split('\n').Where(line => !line.StartsWith("as_of:", StringComparison.Ordinal)));
}
