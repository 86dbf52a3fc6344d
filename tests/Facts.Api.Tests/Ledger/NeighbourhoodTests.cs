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

    async Task LoadAsync(params string[] lines)
    {
        using var answer = await service.Admin.PostAsync("/v1/imports?create_missing=true", Case.Json(string.Join('\n', lines), "application/x-ndjson"), Cancel);
        Assert.True(answer.IsSuccessStatusCode, (await Case.ReadAsync(answer)).ToString());
    }
}
