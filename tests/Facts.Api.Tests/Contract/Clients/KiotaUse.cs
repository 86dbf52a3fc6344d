using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using KiotaClient;
using KiotaClient.Models;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;

/// <summary>A program that uses the client of Kiota.</summary>
public static class Use
{
    public static async Task<string[]> RunAsync(HttpClient http)
    {
        using var adapter = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http)
        {
            BaseUrl = http.BaseAddress!.GetLeftPart(UriPartial.Authority),
        };
        var client = new FactsClient(adapter);
        var balances = await client.V1.Balances.GetAsync(r =>
        {
            (r.QueryParameters.Recipient, r.QueryParameters.Unit) = (["UKR"], ["system"]);
            (r.QueryParameters.AsOf, r.QueryParameters.GroupByAsGroupBy) = (new Date(2025, 1, 1), [GroupBy.Donor]);
        });
        var germany = balances!.Items!.Single(b => b.Donor == "DEU");
        var article = await client.V1.Articles.PostAsync(new ArticleRequest { Url = "https://example.org/kiota", Title = "Read with Kiota" });
        var claim = await client.V1.Claims.PostAsync(new ClaimRequest
        {
            ArticleUrl = article!.Url, ExternalId = "exact", Kind = ClaimKind.Pledge, Firmness = Firmness.Committed, Donors = ["DEU"], Recipient = "UKR",
            Items = ["IRIS-T"], Quantity = 123456789012345.6789m, Unit = "round", StatedOn = "2024-12-04",
        });
        // Kiota has no type for an object in a query string: the comparisons are added to the request.
        var question = client.V1.Claims.ToGetRequestInformation(r => r.QueryParameters.ArticleUrl = [article.Url!]);
        question.QueryParameters["filters"] = new Dictionary<string, string> { ["quantity_low__gt"] = "123456789012345.6788", ["stated_on__gte"] = "2024-12-04" };
        var found = await adapter.SendAsync(question, ClaimList.CreateFromDiscriminatorValue);
        try
        {
            await client.V1.Claims.GetAsync(r => r.QueryParameters.Donor = ["nobody"]);
            throw new InvalidOperationException("an unknown donor was not refused");
        }
        catch (Problem refused)
        {
            return [$"{germany.CommittedLow} committed", $"{claim!.QuantityLow} {claim.Firmness}", $"{found!.Items!.Count} found", refused.Code!];
        }
    }
}
