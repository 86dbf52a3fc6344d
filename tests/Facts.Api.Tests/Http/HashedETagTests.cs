using System.Net;

namespace Facts.Api.Tests.Http;

/// <summary>Answers that change without a change of the data set have an ETag made of their bytes.</summary>
public sealed class HashedETagTests(SampledService service) : IClassFixture<SampledService>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    const string Bad = """{"article_url":"https://example.org/tags","kind":"pledge"}""";

    [Theory]
    [InlineData("/v1/imports")]
    [InlineData("/v1/imports/{id}")]
    [InlineData("/v1/imports/{id}/errors")]
    [InlineData("/v1/keys")]
    [InlineData("/v1/audit")]
    [InlineData("/v1/verification")]
    [InlineData("/openapi/v1.json")]
    public async Task An_answer_that_the_caller_has_is_not_sent_again(string path)
    {
        path = path.Replace("{id}", await LoadAsync());
        var first = await service.Admin.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.NotEmpty(await first.Content.ReadAsByteArrayAsync(Cancel));
        var again = await AskAsync(path, first.Headers.ETag!.ToString());
        Assert.Equal((HttpStatusCode.NotModified, first.Headers.ETag), (again.StatusCode, again.Headers.ETag));
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(path, "\"another\"")).StatusCode);
    }

    [Theory]
    [InlineData("/v1/imports")]
    [InlineData("/v1/audit")]
    public async Task Another_import_changes_the_ETag_even_if_it_stored_nothing(string path)
    {
        var tag = (await service.Admin.GetAsync(path, Cancel)).Headers.ETag!.ToString();
        await LoadAsync();
        var next = await AskAsync(path, tag);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.NotEqual(tag, next.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task A_file_of_all_rows_is_not_cached()
    {
        var file = await service.Admin.GetAsync("/v1/audit?format=csv", Cancel);
        Assert.Null(file.Headers.ETag);
        Assert.True(file.Headers.CacheControl?.NoStore);
    }

    async Task<string> LoadAsync() =>
        (await Case.ReadAsync(await service.Admin.PostAsync("/v1/imports", Case.Json(Bad, "application/x-ndjson"), Cancel))).GetProperty("id").ToString();

    async Task<HttpResponseMessage> AskAsync(string path, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.ParseAdd(tag);
        return await service.Admin.SendAsync(request, Cancel);
    }
}
