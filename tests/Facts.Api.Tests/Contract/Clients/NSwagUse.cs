using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using NSwagClient;

/// <summary>A program that uses the client of NSwag.</summary>
public static class Use
{
    public static async Task<string[]> RunAsync(HttpClient http)
    {
        var client = new FactsClient(http);
        var balances = await client.ListBalancesAsync(
            recipient: ["UKR"], unit: ["system"], as_of: new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), group_by: [GroupBy.Donor]);
        var germany = balances.Items.Single(b => b.Donor == "DEU");
        var article = await client.CreateArticleAsync(new ArticleRequest { Url = "https://example.org/nswag", Title = "Read with NSwag" });
        var claim = await client.CreateClaimAsync(new ClaimRequest
        {
            Article_url = article.Url, External_id = "exact", Kind = ClaimKind.Pledge, Firmness = Firmness.Committed, Donors = ["DEU"], Recipient = "UKR",
            Items = ["IRIS-T"], Quantity = 123456789012345.6789m, Unit = "round", Stated_on = "2024-12-04",
        });
        var found = await client.ListClaimsAsync(
            article_url: [article.Url], filters: new ClaimFilters { Quantity_low__gt = 123456789012345.6788m, Stated_on__gte = "2024-12-04" });
        try
        {
            await client.ListClaimsAsync(donor: ["nobody"]);
            throw new InvalidOperationException("an unknown donor was not refused");
        }
        catch (ApiException<Problem> refused)
        {
            return [$"{germany.Committed_low} committed", $"{claim.Quantity_low} {claim.Firmness}", $"{found.Items.Count} found", refused.Result.Code];
        }
    }
}
