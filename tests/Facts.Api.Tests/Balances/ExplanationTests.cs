using System.Text.Json;

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
        foreach (var row in rows) wrong.AddRange(await ExplanationCheck.WrongAsync(api, row));
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_term_is_a_fact_that_is_shown_with_its_claims()
    {
        var api = new Case(service.Anonymous);
        foreach (var row in (await api.GetAsync("/v1/balances?group_by=donor,item")).GetProperty("items").EnumerateArray())
        {
            var explanation = await api.GetAsync(row.GetProperty("explain").GetString()!);
            var shown = new[] { "request", "commitment", "delivery" }.SelectMany(kind =>
                explanation.GetProperty(kind == "delivery" ? "deliveries" : kind + "s").EnumerateArray()
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
}
