using System.Net;
using System.Text.Json;

namespace Facts.Api.Tests.FactLists;

/// <summary>The timeline of a commitment.</summary>
public sealed class CommitmentHistoryTests(CaseService service) : IClassFixture<CaseService>
{
    readonly Case _case = new(service.Admin);

    async Task<JsonElement> HistoryAsync(string asOf, string more = "") =>
        await _case.GetAsync($"/v1/commitments/{Assert.Single(await _case.FactsAsync("commitments", "2024-12-31"))["id"]}/history?as_of={asOf}{more}");

    static IEnumerable<string> Steps(JsonElement history) => history.GetProperty("items").EnumerateArray().Select(e =>
        $"{e.GetProperty("occurred_on").GetString()} {string.Join("; ", e.GetProperty("changed").EnumerateArray().Select(c => c.GetString()))}");

    async Task LoadAsync() => await _case.LoadAsync(
        new { kind = "delivery", happened_on = "2024-04-01", quantity = 3, commitment = "c", quote = "three arrived" },
        new { kind = "amendment", stated_on = "2024-02-01", quantity = 4, commitment = "c" },
        new { kind = "amendment", stated_on = "2024-02-02", quantity = 4, commitment = "c" },
        new { kind = "pledge", stated_on = "2024-01-01", quantity = 6, commitment = "c", due_on = "2024-03", quote = "six by March" },
        new { kind = "amendment", stated_on = "2024-02-20", due_on = "2024-12", commitment = "c" },
        new { kind = "amendment", stated_on = "2024-03-01", on_hold = true, commitment = "c" },
        new { kind = "amendment", stated_on = "2024-03-20", on_hold = false, firmness = "committed", commitment = "c" },
        new { kind = "assessment", stated_on = "2024-05-01", assessment = "denial", commitment = "c" },
        new { kind = "cancellation", stated_on = "2024-06-01", commitment = "c" });

    [Fact]
    public async Task A_history_shows_the_effect_of_each_claim_in_order_of_its_day()
    {
        await LoadAsync();
        Assert.Equal(
        [
            "2024-01-01 original: 6; due March 2024",
            "2024-02-01 +4",
            "2024-02-02 a further report of the same change: it takes effect once",
            "2024-02-20 deadline moved from March 2024 to December 2024",
            "2024-03-01 on hold",
            "2024-03-20 firmness now committed; resumed",
            "2024-04-01 arrived: 3; delivered 3, outstanding 7",
            "2024-05-01 denied: disputed from then on",
            "2024-06-01 the rest cancelled: 7",
        ], Steps(await HistoryAsync("2024-12-31")));
    }

    [Fact]
    public async Task A_history_shows_the_announcement_and_the_arrival_of_a_delivery()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-10", quantity = 10 },
            new { kind = "delivery", stage = "dispatched", happened_on = "2024-02-01", quantity = 10 },
            new { kind = "delivery", happened_on = "2024-06-01", quantity = 10, quote = "all ten are here" });
        var history = await HistoryAsync("2024-12-31");
        Assert.Equal(
        [
            "2024-01-10 original: 10",
            "2024-02-01 dispatched: 10; delivered 0, outstanding 10",
            "2024-06-01 arrived: 10; delivered 10, outstanding 0",
        ], Steps(history));
        Assert.Equal("fulfilled", history.GetProperty("items")[2].GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_history_shows_a_delivery_that_no_longer_counts()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-10", quantity = 5 },
            new { kind = "delivery", happened_on = "2024-02-01", quantity = 5, delivery = "d" },
            new { kind = "delivery", stage = "rejected", happened_on = "2024-03-01", quantity = 5, delivery = "d" });
        Assert.Equal(
        [
            "2024-01-10 original: 5",
            "2024-02-01 arrived: 5; delivered 5, outstanding 0",
            "2024-03-01 rejected: 5; delivered 0, outstanding 5",
        ], Steps(await HistoryAsync("2024-12-31")));
    }

    [Fact]
    public async Task Every_commitment_shows_its_deadlines_in_its_list_and_alone()
    {
        await LoadAsync();
        foreach (var (day, expected) in new[] { ("2024-02-19", "2024-03"), ("2024-12-31", "2024-03 2024-12") })
        {
            var row = (await _case.GetAsync($"/v1/commitments?recipient={_case.RecipientInUrl}&as_of={day}")).GetProperty("items")[0];
            var alone = await _case.GetAsync($"/v1/commitments/{row.GetProperty("id")}?as_of={day}");
            foreach (var shown in new[] { row, alone })
            {
                var deadlines = shown.GetProperty("deadlines").EnumerateArray().ToList();
                Assert.Equal(expected, string.Join(' ', deadlines.Select(d => d.GetProperty("due_on").GetString())));
                Assert.Equal("2024-01-01", deadlines[0].GetProperty("stated_on").GetString());
                Assert.Equal("2024-03-31", deadlines[0].GetProperty("due_to").GetString());
                Assert.NotEqual(0, deadlines[0].GetProperty("claim_id").GetInt64());
            }
        }
    }

    [Fact]
    public async Task Each_line_has_its_quote_and_how_the_commitment_stood_then()
    {
        await LoadAsync();
        var lines = (await HistoryAsync("2024-12-31")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal("six by March", lines[0].GetProperty("claim").GetProperty("quote").GetString());
        Assert.Equal("three arrived", lines[6].GetProperty("claim").GetProperty("quote").GetString());
        Assert.Equal(["[6, 6] open", "[10, 10] open", "[10, 10] open", "[10, 10] open", "[10, 10] open", "[10, 10] open", "[10, 10] partial",
            "[10, 10] partial", "[3, 3] fulfilled"],
            lines.Select(l => $"{new Row(l)["committed"]} {l.GetProperty("status").GetString()}"));
        Assert.Equal("[7, 7]", new Row(lines[8])["cancelled"]);
    }

    [Fact]
    public async Task A_history_ends_with_the_requested_day_and_with_the_claims_known_then()
    {
        await LoadAsync();
        Assert.Equal(2, Steps(await HistoryAsync("2024-02-01")).Count());
        var id = Assert.Single(await _case.FactsAsync("commitments", "2024-12-31"))["id"];
        foreach (var query in new[] { "as_of=2023-12-31", "as_of=2024-12-31&known_at=2022-01-01" })
            Assert.Equal(HttpStatusCode.NotFound,
                (await service.Anonymous.GetAsync($"/v1/commitments/{id}/history?{query}", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_history_shows_matched_claims_and_a_merged_id_answers_308()
    {
        await _case.LoadAsync(new { kind = "pledge", stated_on = "2024-01-01", quantity = 6 }, new { kind = "pledge", stated_on = "2024-01-02", quantity = 6 },
            new { kind = "delivery", happened_on = "2024-04-01", quantity = 9 });
        Assert.Equal(["2024-01-01 original: 6", "2024-01-02 reported again", "2024-04-01 arrived: 9; delivered 6, outstanding 0"],
            Steps(await HistoryAsync("2024-12-31")));
        var ids = (await _case.FactsAsync("claims", "2024-12-31")).Where(c => c["kind"] == "pledge").Select(c => long.Parse(c["id"])).Order().ToList();
        var moved = await service.CreateClient(new() { AllowAutoRedirect = false })
            .GetAsync($"/v1/commitments/{ids[1]}/history?as_of=2024-12-31", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.PermanentRedirect, $"/v1/commitments/{ids[0]}/history?as_of=2024-12-31"),
            (moved.StatusCode, moved.Headers.Location?.ToString()));
    }

    [Theory]
    [InlineData("/v1/commitments/abc/history", 404)]
    [InlineData("/v1/commitments/99999999/history", 404)]
    [InlineData("/v1/commitments/1/history?as_off=2024-01-01", 400)]
    [InlineData("/v1/commitments/1/history?as_of=soon", 400)]
    public async Task A_history_of_an_unknown_commitment_or_with_a_wrong_parameter_is_refused(string url, int status) =>
        Assert.Equal(status, (int)(await service.Anonymous.GetAsync(url, TestContext.Current.CancellationToken)).StatusCode);
}
