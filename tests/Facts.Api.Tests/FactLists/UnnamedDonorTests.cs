using System.Text.Json;

namespace Facts.Api.Tests.FactLists;

/// <summary>Facts without donors, and claims that leave donors out.</summary>
public sealed class UnnamedDonorTests(CaseService service) : IClassFixture<CaseService>
{
    [Fact]
    public async Task A_facet_counts_rows_without_a_donor_and_a_filter_finds_them()
    {
        var one = new Case(service.Admin);
        await one.LoadAsync(
            new { kind = "request", stated_on = "2020-01-01", quantity = 9, external_id = "r" },
            new { kind = "request", stated_on = "2020-01-01", quantity = 4, external_id = "s", donors = new[] { "DEU" } },
            new { kind = "pledge", stated_on = "2020-01-01", quantity = 4, external_id = "p", donors = new[] { "DEU", "FRA" } });

        Assert.Equal("DEU:2 FRA:1 null:1", await FacetAsync("claims"));
        Assert.Equal("DEU:1 null:1", await FacetAsync("requests"));
        Assert.Equal("DEU:1 FRA:1", await FacetAsync("commitments"));

        async Task<string> FacetAsync(string list)
        {
            var page = await one.GetAsync($"/v1/{list}?recipient={one.RecipientInUrl}&facet=donor");
            var values = page.GetProperty("facets").GetProperty("donor").EnumerateArray().ToList();
            foreach (var value in values)
            {
                var found = await one.GetAsync(value.GetProperty("link").GetString()! + "&count=exact");
                Assert.Equal(value.GetProperty("count").GetInt64(), found.GetProperty("count").GetInt64());
            }
            var without = await one.GetAsync($"/v1/{list}?recipient={one.RecipientInUrl}&donor__isnull=true");
            var with = await one.GetAsync($"/v1/{list}?recipient={one.RecipientInUrl}&donor__isnull=false");
            Assert.Equal(values.Where(v => v.GetProperty("value").ValueKind == JsonValueKind.Null).Sum(v => v.GetProperty("count").GetInt64()),
                without.GetProperty("items").GetArrayLength());
            Assert.All(with.GetProperty("items").EnumerateArray(), row => Assert.NotEqual(0, row.GetProperty("donors").GetArrayLength()));
            return string.Join(' ', values.Select(v => $"{(v.GetProperty("value").ValueKind == JsonValueKind.Null ? "null" : v.GetProperty("value").GetString())}:{v.GetProperty("count")}")
                .Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task A_claim_without_donors_is_told_how_an_unnamed_donor_is_written()
    {
        const string Claim = """{"external_id":"u","article_external_id":"unnamed","kind":"pledge","recipient":"UKR","items":["patriot"],"quantity":1,"stated_on":"2020-01-01"DONORS}""";
        var refused = await Case.ReadAsync(await service.Admin.PostAsync("/v1/claims", Case.Json(Claim.Replace("DONORS", ""), "application/json"),
            TestContext.Current.CancellationToken));
        Assert.Contains("'Unnamed donor', which create_missing=true or create_missing=parties creates", refused.ToString());
        var stored = await Case.ReadAsync(await service.Admin.PostAsync("/v1/claims?create_missing=parties",
            Case.Json(Claim.Replace("DONORS", ",\"donors\":[\"Unnamed donor\"]"), "application/json"), TestContext.Current.CancellationToken));
        Assert.Equal("[\"unnamed-donor\"]", stored.GetProperty("donors").ToString());
    }
}
