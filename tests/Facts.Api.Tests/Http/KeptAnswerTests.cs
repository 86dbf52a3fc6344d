using System.Net;
using System.Net.Http.Json;

namespace Facts.Api.Tests.Http;

/// <summary>An answer over the whole store is kept until the store changes.</summary>
public sealed class KeptAnswerTests(SampledService service) : IClassFixture<SampledService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/balances?group_by=donor")]
    [InlineData("/v1/balances?group_by=donor&as_of=2024-12-01&format=csv")]
    [InlineData("/v1/balances/timeline?from=2024-01-01&to=2024-12-31&group_by=donor")]
    [InlineData("/v1/claims?facet=kind&count=exact")]
    [InlineData("/v1/commitments?facet=recipient")]
    public async Task The_second_answer_is_the_first_one_and_a_write_ends_that(string question)
    {
        using var first = await service.Anonymous.GetAsync(question, Cancel);
        using var second = await service.Anonymous.GetAsync(question, Cancel);
        Assert.Null(first.Headers.Age);
        Assert.NotNull(second.Headers.Age);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(Cancel), await second.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        using var fresh = new HttpRequestMessage(HttpMethod.Get, question) { Headers = { { "If-None-Match", first.Headers.ETag!.ToString() } } };
        using var notModified = await service.Anonymous.SendAsync(fresh, Cancel);
        Assert.Equal(HttpStatusCode.NotModified, notModified.StatusCode);

        using var article = await service.Admin.PostAsJsonAsync("/v1/articles", new { url = $"https://example.org/{Guid.NewGuid()}" }, Cancel);
        article.EnsureSuccessStatusCode();
        using var third = await service.Anonymous.GetAsync(question, Cancel);
        Assert.Null(third.Headers.Age);
        Assert.NotEqual(first.Headers.ETag, third.Headers.ETag);
    }

    [Theory]
    [InlineData("/v1/claims?limit=2")]
    [InlineData("/v1/balances?group_by=nothing")]
    public async Task A_page_and_an_error_are_not_kept(string question)
    {
        using var first = await service.Anonymous.GetAsync(question, Cancel);
        using var second = await service.Anonymous.GetAsync(question, Cancel);
        Assert.Null(second.Headers.Age);
    }

    [Fact]
    public async Task HEAD_has_the_headers_of_GET_before_and_after_it()
    {
        const string Question = "/v1/balances?group_by=item";
        foreach (var _ in new[] { 1, 2 })
        {
            using var head = await service.Anonymous.SendAsync(new HttpRequestMessage(HttpMethod.Head, Question), Cancel);
            using var get = await service.Anonymous.GetAsync(Question, Cancel);
            Assert.Equal(get.Headers.ETag, head.Headers.ETag);
            Assert.NotEmpty(await get.Content.ReadAsStringAsync(Cancel));
        }
    }
}
