using System.Net;

namespace Facts.Api.Tests.Http;

/// <summary>ETags of single resources: their strength, and the versions that If-Match names by them.</summary>
public sealed class EncodedTagTests(FactsService service) : IClassFixture<FactsService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    /// <summary>A strong ETag promises equal bytes (RFC 9110, 8.8.3.3), and a compressed answer has others.</summary>
    [Theory]
    [InlineData(null, "\"1\""), InlineData("gzip", "W/\"1\""), InlineData("br", "W/\"1\"")]
    public async Task A_compressed_resource_has_a_weak_tag(string? encoding, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/parties/LUX");
        if (encoding is not null) request.Headers.Add("Accept-Encoding", encoding);
        using var answer = await service.Anonymous.SendAsync(request, Cancel);
        var sent = answer.Headers.ETag!.ToString();
        Assert.Equal((tag, encoding), (Case.VersionIn(sent), answer.Content.Headers.ContentEncoding.FirstOrDefault()));

        using var again = new HttpRequestMessage(HttpMethod.Get, "/v1/parties/LUX");
        again.Headers.TryAddWithoutValidation("If-None-Match", sent);
        Assert.Equal(HttpStatusCode.NotModified, (await service.Anonymous.SendAsync(again, Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("W/\"1\"", 200), InlineData("\"1\"", 200), InlineData("W/\"7\"", 412), InlineData("\"7\", W/\"1\"", 200)]
    public async Task If_Match_takes_a_version_as_a_weak_tag_too(string tag, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/v1/parties/MCO") { Content = Case.Json("{}", "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", tag);
        Assert.Equal(status, (int)(await service.Admin.SendAsync(request, Cancel)).StatusCode);
    }
}
