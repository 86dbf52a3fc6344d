using Facts.Api.Tests.Balances;

namespace Facts.Api.Tests.Ledger;

/// <summary>Which claims are looked at together, seen from outside.</summary>
public sealed class NeighbourhoodTests(CaseService service) : IClassFixture<CaseService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_found_by_its_recipient_though_its_neighbourhood_was_met_first_beside_what_is_given()
    {
        await LoadAsync(
            """{"external_id":"1","article_external_id":"n1","kind":"request","recipient":"Askers","items":["iris-t"],"quantity":2,"stated_on":"2022-01-01"}""",
            """{"external_id":"2","article_external_id":"n1","kind":"pledge","donors":["DEU"],"recipient":"Givens","items":["iris-t"],"quantity":2,"stated_on":"2022-01-01"}""");
        await LoadAsync("""{"external_id":"1","article_external_id":"n2","kind":"request","recipient":"Givens","items":["iris-t"],"quantity":5,"stated_on":"2022-02-01"}""");

        var api = new Case(service.Anonymous);
        foreach (var day in new[] { "2022-12-31", "2023-01-01" })
        {
            var rows = (await api.GetAsync($"/v1/balances?recipient=Givens&as_of={day}")).GetProperty("items").EnumerateArray().Select(r => new Row(r));
            Assert.Equal("[5, 5] 1", string.Join(';', rows.Select(r => $"{r["requested"]} {r["requests"]}")));
        }
        Assert.Empty(await service.DifferencesAsync());
    }

    /// <summary>One claim has the donor, another the recipient: together they concern a neighbourhood that neither is in.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_claims_agree_on_together_meets_what_is_there(bool isPledgeFirst)
    {
        var (name, taker) = ($"n{isPledgeFirst}", $"Taker {isPledgeFirst}");
        string[] pledge = [$$"""{"external_id":"1","article_external_id":"{{name}} a","kind":"pledge","donors":["DEU"],"recipient":"{{taker}}","items":["iris-t"],"quantity":3,"stated_on":"2022-01-01"}"""];
        string[] delivery =
        [
            $$"""{"external_id":"2","article_external_id":"{{name}} b","article_publisher":"A","kind":"delivery","delivery":"{{name}}","donors":["DEU"],"recipient":"Zero {{taker}}","items":["iris-t"],"quantity":2,"happened_on":"2022-02-01"}""",
            $$"""{"external_id":"3","article_external_id":"{{name}} c","article_publisher":"B","kind":"delivery","delivery":"{{name}}","donors":["DEU","NLD"],"recipient":"{{taker}}","items":["iris-t"],"quantity":2,"happened_on":"2022-02-01"}""",
        ];
        if (isPledgeFirst) await LoadAsync(pledge);
        await LoadAsync(delivery);
        if (!isPledgeFirst) await LoadAsync(pledge);

        var row = new Row((await new Case(service.Anonymous).GetAsync($"/v1/balances?recipient={taker}&donor=DEU&group_by=donor")).GetProperty("items").EnumerateArray().Single());
        Assert.Equal("DEU [3, 3] [2, 2] [1, 1]", $"{row["donor"]} {row["committed"]} {row["credited"]} {row["outstanding"]}");
        Assert.Empty(await service.DifferencesAsync());
    }

    async Task LoadAsync(params string[] lines)
    {
        using var answer = await service.Admin.PostAsync("/v1/imports?create_missing=true", Case.Json(string.Join('\n', lines), "application/x-ndjson"), Cancel);
        Assert.True(answer.IsSuccessStatusCode, (await Case.ReadAsync(answer)).ToString());
    }
}
