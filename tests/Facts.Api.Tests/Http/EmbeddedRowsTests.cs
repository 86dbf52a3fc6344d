using System.Text.Json;

namespace Facts.Api.Tests.Http;

/// <summary>Related rows, nested in a row if <c>embed=</c> names them.</summary>
public sealed class EmbeddedRowsTests(SampledService service) : IClassFixture<SampledService>
{
    CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<JsonElement> GetAsync(string url)
    {
        var answer = await service.Anonymous.GetAsync(url, Cancel);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement;
    }

    async Task<string> RefusalAsync(string url)
    {
        var answer = await service.Anonymous.GetAsync(url, Cancel);
        var error = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("errors")[0];
        return $"{(int)answer.StatusCode} {error.GetProperty("code").GetString()}: {error.GetProperty("message").GetString()}";
    }

    [Fact]
    public async Task A_claim_embeds_its_article_in_a_list_and_alone()
    {
        var listed = (await GetAsync("/v1/claims?embed=article&fields=id,article_id&limit=3")).GetProperty("items").EnumerateArray().ToList();
        Assert.All(listed, c => Assert.Equal(c.GetProperty("article_id").GetInt64(), c.GetProperty("article").GetProperty("id").GetInt64()));
        Assert.Equal(["id", "article_id", "article"], listed[0].EnumerateObject().Select(m => m.Name));
        var alone = await GetAsync("/v1/claims/1?embed=article");
        Assert.Equal("Kyiv Independent", alone.GetProperty("article").GetProperty("publisher").GetString());
        Assert.Equal(listed[0].GetProperty("article").ToString(), alone.GetProperty("article").ToString());
        Assert.False((await GetAsync("/v1/claims/1")).TryGetProperty("article", out _));
    }

    [Fact]
    public async Task An_article_embeds_its_claims()
    {
        var article = await GetAsync("/v1/articles/1?embed=claims");
        var expected = (await GetAsync("/v1/claims?article_id=1&fields=id,quote")).GetProperty("items").EnumerateArray()
            .ToDictionary(c => c.GetProperty("id").GetInt64(), c => c.GetProperty("quote").GetString());
        var held = article.GetProperty("claims").EnumerateArray().ToDictionary(c => c.GetProperty("id").GetInt64(), c => c.GetProperty("quote").GetString());
        Assert.Equal(6, held.Count);
        Assert.Equal(expected.OrderBy(c => c.Key), held.OrderBy(c => c.Key));
        var listed = (await GetAsync("/v1/articles?embed=claims")).GetProperty("items").EnumerateArray().Single(a => a.GetProperty("id").GetInt64() == 1);
        Assert.Equal(article.ToString(), listed.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("as_of=2024-12-04&")]
    public async Task A_fact_in_a_list_embeds_the_same_rows_as_a_fact_alone(string day)
    {
        foreach (var (noun, embed) in new[] { ("commitments", "links,evidence"), ("deliveries", "links,evidence"), ("requests", "evidence") })
        {
            var listed = (await GetAsync($"/v1/{noun}?{day}embed={embed}")).GetProperty("items").EnumerateArray().ToList();
            Assert.NotEmpty(listed);
            foreach (var fact in listed)
            {
                var alone = await GetAsync($"/v1/{noun}/{fact.GetProperty("id")}?{day}");
                foreach (var word in embed.Split(',')) Assert.Equal(alone.GetProperty(word).ToString(), fact.GetProperty(word).ToString());
                Assert.Equal(fact.GetProperty("claims").GetInt32(), fact.GetProperty("evidence").GetArrayLength());
            }
        }
    }

    [Fact]
    public async Task A_link_is_in_the_commitment_and_in_the_delivery()
    {
        var given = await LinksAsync("commitments");
        Assert.NotEmpty(given);
        Assert.Equal(given, await LinksAsync("deliveries"));

        async Task<IEnumerable<string>> LinksAsync(string noun) => (await GetAsync($"/v1/{noun}?embed=links&limit=5000")).GetProperty("items").EnumerateArray()
            .SelectMany(f => f.GetProperty("links").EnumerateArray()).Select(l => l.ToString()).Order();
    }

    [Fact]
    public async Task NDJSON_holds_the_same_rows_as_JSON()
    {
        var page = (await GetAsync("/v1/articles?embed=claims&sort=-id&limit=5000")).GetProperty("items").EnumerateArray().Select(a => a.ToString());
        var lines = await service.Anonymous.GetStringAsync("/v1/articles?embed=claims&sort=-id&format=ndjson", Cancel);
        Assert.Equal(page, lines.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var some = await service.Anonymous.GetStringAsync("/v1/articles?embed=claims&sort=-id&format=ndjson&limit=2", Cancel);
        Assert.Equal(page.Take(2), some.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task An_unknown_embed_is_refused_by_name()
    {
        Assert.Equal("400 unknown_word: 'articel' is not one of article; did you mean 'article'?", await RefusalAsync("/v1/claims?embed=articel"));
        Assert.Equal("400 unknown_word: 'claims' is not one of links, evidence", await RefusalAsync("/v1/commitments?embed=claims"));
        Assert.Equal("400 repeated_parameter: 'links' stands twice in embed", await RefusalAsync("/v1/commitments?embed=links,links"));
        Assert.Equal("400 unsupported_format: embed is for JSON and NDJSON: a cell has no room for other rows",
            await RefusalAsync("/v1/claims?embed=article&format=csv"));
        Assert.StartsWith("400 unknown_parameter", await RefusalAsync("/v1/items?embed=parent"));
        Assert.StartsWith("400 unknown_word", await RefusalAsync("/v1/claims/1?embed=links"));
    }

    [Fact]
    public async Task The_ETag_covers_the_embedded_rows()
    {
        var alone = (await service.Anonymous.GetAsync("/v1/claims/1", Cancel)).Headers.ETag;
        var nested = (await service.Anonymous.GetAsync("/v1/claims/1?embed=article", Cancel)).Headers.ETag;
        Assert.NotEqual(alone, nested);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/v1/claims/1?embed=article") { Headers = { IfNoneMatch = { nested! } } };
        Assert.Equal(304, (int)(await service.Anonymous.SendAsync(again, Cancel)).StatusCode);
    }
}
