using System.Net.Http.Json;
using System.Text.Json;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facts.Api.Tests.Claims;

/// <summary>Words are found in the title, the quote and the note, whichever way the search reads them.</summary>
public sealed class ClaimSearchTests(SampledService service) : IClassFixture<SampledService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("patriot")]
    [InlineData("systems ukraine")]
    [InlineData("iris-t")]
    [InlineData("zzzz")]
    [InlineData("...")]
    public async Task An_index_and_a_comparison_of_every_claim_find_the_same_claims(string text)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<FactsContext>();
        await database.Database.OpenConnectionAsync(Cancel);
        var all = ClaimResponse.All(database);
        var compared = await all.Where(c => EF.Functions.ToTsVector("simple", (c.Article.Title ?? "") + " " + (c.Claim.Quote ?? "") + " " + (c.Claim.Note ?? ""))
            .Matches(EF.Functions.PlainToTsQuery("simple", text))).Select(c => c.Claim.Id).Order().ToListAsync(Cancel);
        foreach (var (readsAll, areCurrent) in new[] { (true, true), (false, true), (true, false) })
        {
            var found = await new ListSource<ClaimResponse>(all).WithWordsAsync(database, text, readsAll, areCurrent, Cancel);
            Assert.Equal(compared, await found.Rows.Select(c => c.Claim.Id).Order().ToListAsync(Cancel));
            Assert.Equal(compared, await (found.Counted ?? found.Rows).Select(c => c.Claim.Id).Order().ToListAsync(Cancel));
        }
    }

    [Fact]
    public async Task Words_may_stand_apart_in_the_title_and_in_the_quote()
    {
        using var answer = await service.Admin.PostAsJsonAsync("/v1/claims", new
        {
            external_id = "apart",
            article_url = "https://example.org/apart",
            article_title = "Wombat ahead",
            kind = "pledge",
            donors = new[] { "DEU" },
            recipient = "UKR",
            items = new[] { "iris-t" },
            quantity = 1,
            unit = "system",
            stated_on = "2024-05-01",
            quote = "One quokka more.",
        }, Cancel);
        answer.EnsureSuccessStatusCode();
        var items = (await service.Admin.GetFromJsonAsync<JsonElement>("/v1/claims?q=quokka%20wombat", Cancel)).GetProperty("items");
        Assert.Equal("apart", Assert.Single(items.EnumerateArray()).GetProperty("external_id").GetString());
    }
}
