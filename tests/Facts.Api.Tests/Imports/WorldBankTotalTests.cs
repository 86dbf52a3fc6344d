using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Facts.Api.Tests.Imports;

/// <summary>Totals of the loans, whatever the format of their file.</summary>
public abstract class WorldBankTotalTests(WorldBankTotalTests.WorldBank loaded)
{
    public abstract class WorldBank(Databases databases, string type, Func<string, string> written) : FactsService(databases)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            Assert.Equal(253, (await LoadAsync()).GetProperty("rows_created").GetInt32());
        }

        public async Task<JsonElement> LoadAsync()
        {
            var file = await File.ReadAllTextAsync(Path.Combine(Here(), "worldbank-ukraine.ndjson"), TestContext.Current.CancellationToken);
            var answer = await Admin.PostAsync("/v1/imports?create_missing=true", Case.Json(written(file), type), TestContext.Current.CancellationToken);
            var report = await Case.ReadAsync(answer);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, report.ToString());
            return report;
        }

        static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
    }

    async Task<JsonElement> RowAsync(string query)
    {
        var answer = await new Case(loaded.Anonymous).GetAsync("/v1/balances?recipient=UKR&unit=USD&" + query);
        return Assert.Single(answer.GetProperty("items").EnumerateArray());
    }

    // In cents, since a double would round them.
    static void Is(decimal expected, JsonElement row, string measure)
    {
        Assert.Equal(expected, row.GetProperty(measure + "_low").GetDecimal());
        Assert.Equal(expected, row.GetProperty(measure + "_high").GetDecimal());
    }

    [Fact]
    public async Task The_totals_are_the_statements_to_the_cent()
    {
        var row = await RowAsync("as_of=2025-03-31");
        Is(34_114_648_577.00m, row, "original");
        Is(2_168_735_468.39m, row, "cancelled");
        Is(34_114_648_577.00m - 2_168_735_468.39m, row, "committed");
        Is(29_109_281_593.09m, row, "delivered");
        Is(2_848_038_747.78m, row, "outstanding");
        Assert.Equal(110, row.GetProperty("commitments").GetInt32());
        Assert.Equal(253, row.GetProperty("claims").GetInt32());
    }

    [Fact]
    public async Task Credited_and_surplus_deliveries_add_up_to_all_deliveries()
    {
        var row = await RowAsync("as_of=2025-03-31");
        var surplus = row.GetProperty("surplus_low").GetDecimal();
        Assert.True(surplus > 0, "three loans paid out more than their principal");
        Is(29_109_281_593.09m - surplus, row, "credited");
    }

    [Theory]
    [InlineData("2025-03-31", "797341616.71")]
    [InlineData("2026-07-01", "1021857794.48")]
    [InlineData("2027-01-01", "1277022377.73")]
    public async Task Loans_become_overdue_as_their_closing_dates_pass(string day, string overdue) =>
        Is(decimal.Parse(overdue), await RowAsync("as_of=" + day), "overdue");

    [Fact]
    public async Task The_two_lenders_add_up_to_the_total()
    {
        var total = await RowAsync("as_of=2025-03-31");
        var rows = (await new Case(loaded.Anonymous).GetAsync("/v1/balances?recipient=UKR&as_of=2025-03-31&group_by=donor")).GetProperty("items")
            .EnumerateArray().ToList();
        Assert.Equal(["World Bank (IBRD)", "World Bank (IDA)"], rows.Select(r => r.GetProperty("donor_name").GetString()).Order());
        foreach (var measure in new[] { "original", "cancelled", "committed", "delivered", "credited", "surplus", "outstanding", "overdue" })
            Is(rows.Sum(r => r.GetProperty(measure + "_low").GetDecimal()), total, measure);
    }

    [Fact]
    public async Task Importing_the_file_again_changes_nothing()
    {
        var before = (await RowAsync("as_of=2025-03-31")).ToString();
        var report = await loaded.LoadAsync();
        Assert.Equal(253, report.GetProperty("rows_unchanged").GetInt32());
        Assert.Equal(before, (await RowAsync("as_of=2025-03-31")).ToString());
    }
}
