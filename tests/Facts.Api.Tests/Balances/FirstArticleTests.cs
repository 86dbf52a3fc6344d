using System.Text.Json;

namespace Facts.Api.Tests.Balances;

/// <summary>One whole article, typed in as a contributor would, into a store that knows nothing but the states.</summary>
public sealed class FirstArticleTests(FirstArticleTests.Loaded loaded) : IClassFixture<FirstArticleTests.Loaded>
{
    public sealed class Loaded(Databases databases) : FactsService(databases)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            FirstReport = await LoadAsync();
        }

        public JsonElement FirstReport { get; private set; }

        public async Task<JsonElement> LoadAsync()
        {
            var answer = await Admin.PostAsync("/v1/imports?create_missing=true", Case.Json(Article, "application/x-ndjson"),
                TestContext.Current.CancellationToken);
            var report = await Case.ReadAsync(answer);
            Assert.True(answer.IsSuccessStatusCode, report.ToString());
            return report;
        }
    }

    static readonly string Article = string.Join('\n', new object[]
    {
        new { kind = "request", recipient = "UKR", items = new[] { "NASAMS", "HAWK", "IRIS-T" }, quantity_low = 20, quantity_qualifier = "at_least",
            unit = "system", stated_on = "2024-12-03", claimant = "Andrii Sybiha" },
        new { kind = "pledge", donors = new[] { "NATO" }, recipient = "UKR", items = new[] { "air defence" }, firmness = "intent",
            quantity_qualifier = "unspecified", unit = "system", stated_on = "2024-12-04", claimant = "Mark Rutte" },
        new { kind = "pledge", donors = new[] { "NATO" }, recipient = "UKR", items = new[] { "air defence" }, quantity_qualifier = "unspecified",
            unit = "system", stated_on = "2024-07", commitment = "summit" },
        new { kind = "assessment", donors = new[] { "NATO" }, recipient = "UKR", items = new[] { "air defence" }, stated_on = "2024-12-04",
            commitment = "summit", assessment = "delay", claimant = "Ukraine" },
        new { kind = "delivery", donors = new[] { "ROU" }, recipient = "UKR", items = new[] { "Patriot" }, stage = "arrived", quantity = 1, unit = "system",
            happened_on = "2024-10" },
        new { kind = "pledge", donors = new[] { "DEU" }, recipient = "UKR", items = new[] { "IRIS-T" }, quantity = 2, quantity_text = "additional",
            unit = "system", due_on = "../2024-12-31" },
    }.Select((claim, i) =>
    {
        var line = JsonSerializer.SerializeToNode(claim)!.AsObject();
        line["external_id"] = $"{i + 1}";
        line["article_url"] = "https://kyivindependent.com/";
        line["article_publisher"] = "Kyiv Independent";
        line["article_published_on"] = "2024-12-04";
        return line.ToJsonString();
    }));

    async Task<IReadOnlyList<Row>> RowsAsync(string query) =>
        [.. (await new Case(loaded.Anonymous).GetAsync("/v1/balances?recipient=UKR&unit=system&" + query)).GetProperty("items").EnumerateArray()
            .Select(r => new Row(r))];

    async Task<Row> RowAsync(string query) => Assert.Single(await RowsAsync(query));

    [Fact]
    public void The_six_claims_of_the_first_article_are_stored()
    {
        Assert.Equal(6, loaded.FirstReport.GetProperty("rows_created").GetInt32());
        Assert.Equal(0, loaded.FirstReport.GetProperty("rows_failed").GetInt32());
    }

    [Fact]
    public async Task On_the_day_of_the_article_twenty_are_requested_two_committed_and_one_delivered()
    {
        var row = await RowAsync("as_of=2024-12-04");
        Assert.Equal("[20, ∞)", row["requested"]);
        Assert.Equal("[2, 2]", row["committed"]);
        Assert.Equal("[2, 2]", row["original"]);
        Assert.Equal("[1, 1]", row["delivered"]);
        Assert.Equal("[1, 1]", row["unpledged"]);
        Assert.Equal("[2, 2]", row["outstanding"]);
        Assert.Equal("[0, 0]", row["overdue"]);
        Assert.Equal("2", row["unquantified"]);
    }

    [Fact]
    public async Task On_the_day_of_the_deadline_nothing_is_overdue() => Assert.Equal("[0, 0]", (await RowAsync("as_of=2024-12-31"))["overdue"]);

    [Fact]
    public async Task On_the_day_after_the_deadline_two_are_overdue() => Assert.Equal("[2, 2]", (await RowAsync("as_of=2025-01-01"))["overdue"]);

    [Fact]
    public async Task In_the_middle_of_its_month_a_delivery_is_possible() => Assert.Equal("[0, 1]", (await RowAsync("as_of=2024-10-15"))["delivered"]);

    [Fact]
    public async Task Each_donor_has_its_own_row()
    {
        var rows = await RowsAsync("as_of=2024-12-04&group_by=donor");
        Assert.Equal(
            ["DEU P [2, 2] D [0, 0] U [0, 0] unquantified 0", "NATO P [0, 0] D [0, 0] U [0, 0] unquantified 2",
                "ROU P [0, 0] D [1, 1] U [1, 1] unquantified 0"],
            rows.Where(r => r["donor"] != "").OrderBy(r => r["donor"], StringComparer.Ordinal)
                .Select(r => $"{r["donor"]} P {r["committed"]} D {r["delivered"]} U {r["unpledged"]} unquantified {r["unquantified"]}"));
        var nato = rows.Single(r => r["donor_name"] == "NATO");
        foreach (var measure in new[] { "requested", "intended", "original", "cancelled", "credited", "surplus", "outstanding", "overdue" })
            Assert.Equal("[0, 0]", nato[measure]);
        Assert.Equal("original,committed,credited,outstanding", nato["unknown"]);
    }

    [Fact]
    public async Task Loaded_again_it_changes_nothing()
    {
        var before = (await RowAsync("as_of=2024-12-04")).Text();
        var report = await loaded.LoadAsync();
        Assert.Equal(6, report.GetProperty("rows_unchanged").GetInt32());
        Assert.Equal(0, report.GetProperty("rows_created").GetInt32());
        Assert.Equal(0, report.GetProperty("rows_updated").GetInt32());
        Assert.Equal(before, (await RowAsync("as_of=2024-12-04")).Text());
    }
}
