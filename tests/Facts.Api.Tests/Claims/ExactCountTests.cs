using System.Net.Http.Headers;
using System.Text.Json;

namespace Facts.Api.Tests.Claims;

/// <summary>Claims are counted by a query of their own, without the tables that no filter needs. It counts the claims that the list has.</summary>
public sealed class ExactCountTests(CaseService service) : IClassFixture<CaseService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    readonly Case _case = new(service.Admin);

    [Fact]
    public async Task The_exact_count_is_the_number_of_claims_in_the_list()
    {
        await _case.LoadAsync(
            new { external_id = "corrected", kind = "pledge", quantity = 2, stated_on = "2024-01-10", article = "one" },
            new { external_id = "kept", kind = "delivery", quantity = 1, happened_on = "2024-02-01", article = "two" },
            new { external_id = "retracted", kind = "pledge", quantity = 4, stated_on = "2024-03-01", article = "three" });
        var before = await MomentAsync();
        await _case.LoadAsync(new { external_id = "corrected", kind = "pledge", quantity = 3, stated_on = "2024-01-10", article = "one" });
        var article = (await ListAsync("article_publisher=three")).GetProperty("items")[0].GetProperty("article_id").GetInt64();
        using var retract = new HttpRequestMessage(HttpMethod.Patch, $"/v1/articles/{article}")
        {
            Content = Case.Json("""{"status":"retracted"}""", "application/json"), Headers = { IfMatch = { EntityTagHeaderValue.Any } },
        };
        using var retracted = await service.Admin.SendAsync(retract, Cancel);
        Assert.True(retracted.IsSuccessStatusCode, await retracted.Content.ReadAsStringAsync(Cancel));

        Assert.Equal(2, await CountAsync(""));
        Assert.Equal(1, await CountAsync("article_status=retracted"));
        Assert.Equal(3, await CountAsync($"known_at={before}"));
        Assert.Equal(3, await CountAsync("superseded_at__isnull=false&article_status=active") + await CountAsync("superseded_at__isnull=true"));
        foreach (var filter in new[]
            {
                "kind=pledge", "article_publisher=two", "article_publisher__not=two", "article_title__isnull=true",
                $"recorded_at__gt={before}", "as_of=2024-01-15", "quantity_low__gte=2&sort=-recorded_at",
            })
            await CountAsync(filter);
    }

    /// <summary>The exact count of the claims of this case that a filter lets through, which is also how many there are.</summary>
    async Task<int> CountAsync(string filter)
    {
        var list = await ListAsync(filter);
        Assert.Equal(list.GetProperty("items").GetArrayLength(), list.GetProperty("count").GetInt32());
        Assert.Equal(list.GetProperty("count").GetInt32(),
            list.GetProperty("facets").GetProperty("kind").EnumerateArray().Sum(v => v.GetProperty("count").GetInt32()));
        return list.GetProperty("count").GetInt32();
    }

    Task<JsonElement> ListAsync(string filter) => _case.GetAsync($"/v1/claims?recipient={_case.RecipientInUrl}&limit=100&count=exact&facet=kind&{filter}");

    async Task<string> MomentAsync() =>
        Uri.EscapeDataString((await ListAsync("sort=-recorded_at")).GetProperty("items")[0].GetProperty("recorded_at").GetString()!);
}
