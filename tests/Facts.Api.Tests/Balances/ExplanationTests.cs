using System.Text.Json;
using Facts.Api.Tests.Support;

namespace Facts.Api.Tests.Balances;

/// <summary>Every number of the sample data explains itself.</summary>
public sealed class ExplanationTests(ExplanationTests.Sampled service) : IClassFixture<ExplanationTests.Sampled>
{
    public sealed class Sampled(Databases databases) : FactsService(databases)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            With("Facts:Sample", "true");
        }
    }

    static readonly string[] NotFromFacts = ["fulfilment_rate"];

    [Theory]
    [InlineData("")]
    [InlineData("&as_of=2024-12-04")]
    [InlineData("&as_of=2024-10-15&links=explicit")]
    public async Task The_terms_of_each_explanation_add_up_to_each_number_of_its_row(string more)
    {
        var api = new Case(service.Anonymous);
        var rows = (await api.GetAsync("/v1/balances?group_by=donor,item" + more)).GetProperty("items").EnumerateArray().ToList();
        Assert.True(rows.Count > 5, $"the sample gives {rows.Count} rows");
        var wrong = new List<string>();
        foreach (var row in rows)
        {
            var url = row.GetProperty("explain").GetString()!;
            var explanation = await api.GetAsync(url);
            if (new Row(row).Text() != new Row(explanation.GetProperty("row")).Text()) wrong.Add($"{url}: explains another row");
            var arithmetic = explanation.GetProperty("arithmetic").EnumerateArray().ToDictionary(a => a.GetProperty("measure").GetString()!);
            foreach (var measure in row.EnumerateObject().Where(m => m.Name.EndsWith("_low", StringComparison.Ordinal)).Select(m => m.Name[..^4]).Except(NotFromFacts))
            {
                var (low, high) = Sum(arithmetic[measure].GetProperty("terms"));
                if (low != Number(row, measure + "_low") || high != Number(row, measure + "_high"))
                    wrong.Add($"{url}: {measure} is {new Row(row)[measure]}, its terms give {low} and {(high is null ? "no bound" : high)}");
            }
            foreach (var count in explanation.GetProperty("counts").EnumerateArray())
                if (row.GetProperty(count.GetProperty("count").GetString()!).GetInt32() != count.GetProperty("facts").GetArrayLength()) wrong.Add($"{url}: {count}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_term_is_a_fact_that_is_shown_with_its_claims()
    {
        var api = new Case(service.Anonymous);
        foreach (var row in (await api.GetAsync("/v1/balances?group_by=donor,item")).GetProperty("items").EnumerateArray())
        {
            var explanation = await api.GetAsync(row.GetProperty("explain").GetString()!);
            var shown = new[] { "request", "commitment", "delivery" }.SelectMany(kind => explanation.GetProperty(kind == "delivery" ? "deliveries" : kind + "s").EnumerateArray()
                .Select(f => (kind, f.GetProperty("id").GetInt64()))).ToHashSet();
            var claimed = explanation.GetProperty("claims").EnumerateArray().SelectMany(c => c.GetProperty("about").EnumerateArray()).Select(Fact).ToHashSet();
            foreach (var term in explanation.GetProperty("arithmetic").EnumerateArray().SelectMany(a => a.GetProperty("terms").EnumerateArray()))
            {
                Assert.Contains(Fact(term), shown);
                Assert.Contains(Fact(term), claimed);
            }
        }
    }

    static (string, long) Fact(JsonElement fact) => (fact.GetProperty("kind").GetString()!, fact.GetProperty("id").GetInt64());

    static (decimal Low, decimal? High) Sum(JsonElement terms)
    {
        var (low, high) = (0m, (decimal?)0m);
        foreach (var term in terms.EnumerateArray())
        {
            low += term.GetProperty("low").GetDecimal();
            high = Number(term, "high") is { } number ? high + number : null;
        }
        return (low, high);
    }

    static decimal? Number(JsonElement of, string name) => of.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : null;
}
