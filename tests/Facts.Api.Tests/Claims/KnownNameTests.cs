using Facts.Api.Tests.Catalogue;

namespace Facts.Api.Tests.Claims;

/// <summary>The names that claims may use, where two services write to one store.</summary>
public sealed class KnownNameTests(CaseService service, Databases databases) : IClassFixture<CaseService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_name_that_one_service_edits_is_known_to_the_next_claim_of_another()
    {
        await using var other = new FactsService(databases) { ConnectionString = service.ConnectionString };
        var editor = new Editor(other.Admin);
        await editor.DoesAsync("PUT", "/v1/parties/first", """{"name":"First"}""", null);
        await editor.DoesAsync("PUT", "/v1/parties/second", """{"name":"Second"}""", null);
        Assert.Equal("unknown_party", await DonorAsync("1", "Nickname"));
        await editor.DoesAsync("PATCH", "/v1/parties/first", """{"aliases":["Nickname"]}""");
        Assert.Equal("first", await DonorAsync("2", "Nickname"));
        await editor.DoesAsync("PATCH", "/v1/parties/first", """{"aliases":[]}""");
        await editor.DoesAsync("PATCH", "/v1/parties/second", """{"aliases":["Nickname"]}""");
        Assert.Equal("second", await DonorAsync("3", "Nickname"));
        await editor.DoesAsync("PUT", "/v1/parties/third", """{"name":"Third"}""", null);
        Assert.Equal("second", await DonorAsync("4", "Nickname"));
        await editor.DoesAsync("DELETE", "/v1/parties/third", "");
        Assert.Equal("unknown_party", await DonorAsync("5", "Third"));
        // A name that a claim of the other service creates is known here too.
        using var created = await other.Admin.PostAsync("/v1/claims?create_missing=parties", Case.Json(Claim("6", "Newcomer"), "application/json"), Cancel);
        Assert.True(created.IsSuccessStatusCode);
        Assert.Equal("newcomer", await DonorAsync("7", "Newcomer"));
    }

    [Fact]
    public async Task The_answer_to_a_claim_is_the_claim_as_it_is_stored()
    {
        using var answer = await service.Admin.PostAsync("/v1/claims", Case.Json(Claim("stored", "DEU"), "application/json"), Cancel);
        var stored = await service.Admin.GetStringAsync(answer.Headers.Location, Cancel);
        Assert.Equal(stored[..^1] + ""","warnings":[]}""", await answer.Content.ReadAsStringAsync(Cancel));
        using var again = await service.Admin.PostAsync("/v1/claims", Case.Json(Claim("stored", "DEU"), "application/json"), Cancel);
        Assert.Equal(await answer.Content.ReadAsStringAsync(Cancel), await again.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>The donor of the claim as it was stored, or the code of the error.</summary>
    async Task<string?> DonorAsync(string name, string donor)
    {
        using var answer = await service.Admin.PostAsync("/v1/claims", Case.Json(Claim(name, donor), "application/json"), Cancel);
        var body = await Case.ReadAsync(answer);
        return answer.IsSuccessStatusCode ? body.GetProperty("donors")[0].GetString() : body.GetProperty("errors")[0].GetProperty("code").GetString();
    }

    static string Claim(string name, string donor) =>
        $$"""
        {"external_id":"{{name}}","article_external_id":"{{name}}","kind":"pledge","donors":["{{donor}}"],"recipient":"UKR","items":["IRIS-T"],
         "quantity":2.50,"unit":"million EUR","stated_on":"2022-05-01","commitment":"{{name}}"}
        """;
}
