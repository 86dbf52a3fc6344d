using System.Net.Http.Json;
using System.Text.Json;

namespace Facts.Api.Tests.Http;

/// <summary>Counts of <c>count=estimated</c>: the number of rows that the database expects.</summary>
public sealed class EstimatedCountTests(SampledService service) : IClassFixture<SampledService>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/claims")]
    [InlineData("/v1/claims?donor=DEU&q=systems&sort=-stated_on&fields=id")]
    [InlineData("/v1/articles?publisher__not=Example&title__contains=a&published_on__isnull=false")]
    [InlineData("/v1/commitments?item=air-defence")]
    [InlineData("/v1/parties")]
    [InlineData("/v1/changes")]
    public async Task A_stored_list_is_estimated_and_says_that_the_count_is_not_exact(string path)
    {
        var page = await GetAsync(path, "count=estimated");
        Assert.True(page.GetProperty("count").GetInt64() >= 0);
        Assert.False(page.GetProperty("count_is_exact").GetBoolean());
        Assert.True((await GetAsync(path, "count=exact")).GetProperty("count_is_exact").GetBoolean());
    }

    [Fact]
    public async Task A_list_that_is_computed_in_memory_is_counted_exactly()
    {
        var page = await GetAsync("/v1/commitments?as_of=2024-10-15&known_at=2100-01-01T00:00:00Z", "count=estimated");
        Assert.Equal((await GetAsync("/v1/commitments?as_of=2024-10-15&known_at=2100-01-01T00:00:00Z", "count=exact")).GetProperty("count").GetInt64(), page.GetProperty("count").GetInt64());
        Assert.True(page.GetProperty("count_is_exact").GetBoolean());
    }

    Task<JsonElement> GetAsync(string path, string count) =>
        service.Anonymous.GetFromJsonAsync<JsonElement>($"{path}{(path.Contains('?') ? '&' : '?')}limit=2&{count}", Cancel);
}
