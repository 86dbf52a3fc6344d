using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Facts.Api.Tests.Http;

/// <summary>Input at the edges of what is accepted, and answers that no common reader misreads.</summary>
public sealed class StrictInputTests(SampledService service) : IClassFixture<SampledService>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<(int Status, JsonElement Body)> AskAsync(string path)
    {
        var answer = await service.Anonymous.GetAsync(path, Cancel);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel));
    }

    [Theory]
    [InlineData("/v1/claims/01")]
    [InlineData("/v1/claims/%2B1")]
    [InlineData("/v1/claims/%201")]
    [InlineData("/v1/commitments/01")]
    [InlineData("/v1/articles/01")]
    public async Task An_id_has_one_spelling(string path) => Assert.Equal(404, (await AskAsync(path)).Status);

    [Fact]
    public async Task A_file_of_one_column_keeps_the_rows_without_a_value()
    {
        var lines = (await service.Anonymous.GetStringAsync("/v1/commitments?format=csv&fields=due_on", Cancel)).Split("\r\n")[1..^1];
        Assert.Contains("\"\"", lines);
        Assert.DoesNotContain("", lines);
    }

    [Fact]
    public async Task A_length_counts_characters_and_not_their_halves()
    {
        var taken = await PostAsync("emoji", string.Concat(Enumerable.Repeat("😀", 10_000)));
        Assert.True(taken.StatusCode == HttpStatusCode.Created, await taken.Content.ReadAsStringAsync(Cancel));
        var refused = await PostAsync("emoji-too-long", string.Concat(Enumerable.Repeat("😀", 10_001)));
        Assert.Contains("10001 characters", await refused.Content.ReadAsStringAsync(Cancel));
    }

    Task<HttpResponseMessage> PostAsync(string id, string quote) => service.Admin.PostAsJsonAsync("/v1/claims", new Dictionary<string, object>
    {
        ["external_id"] = id,
        ["article_url"] = "https://example.org/strict",
        ["article_publisher"] = "P",
        ["article_published_on"] = "2024-12-04",
        ["kind"] = "pledge",
        ["donors"] = new[] { "DEU" },
        ["recipient"] = "UKR",
        ["items"] = new[] { "iris-t" },
        ["quantity"] = 1,
        ["unit"] = "system",
        ["quote"] = quote,
    }, Cancel);

    [Fact]
    public async Task A_message_shows_an_emoji_whole()
    {
        var answer = await service.Admin.PostAsync("/v1/articles",
            new StringContent("""{"url":"https://example.org/emoji","published_on":"😀"}""", Encoding.UTF8, "application/json"), Cancel);
        Assert.Contains("'😀'", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("/v1/claims?quote__lt=%00", "wrong_type")]
    [InlineData("/v1/claims/fct_0123456789abcdefghijklmn", "key_in_url")]
    [InlineData("/v1/claims?donor=x,fct_0123456789abcdefghijklmn", "key_in_url")]
    [InlineData("/v1/balances/timeline?as_of=2024-01-01&to=2024-02-01", "out_of_range")]
    public async Task A_request_that_makes_no_sense_is_refused(string path, string code)
    {
        var (status, body) = await AskAsync(path);
        Assert.Equal((400, code), (status, body.GetProperty("code").GetString()));
        Assert.DoesNotContain("0123456789abcdefghijklmn", body.ToString());
    }

    [Fact]
    public async Task A_timeline_takes_its_last_day_as_as_of()
    {
        var (_, asOf) = await AskAsync("/v1/balances/timeline?as_of=2025-01-31&interval=year&group_by=donor");
        var (_, to) = await AskAsync("/v1/balances/timeline?to=2025-01-31&interval=year&group_by=donor");
        Assert.NotEqual(0, to.GetProperty("items").GetArrayLength());
        Assert.Equal(to.GetProperty("items").ToString(), asOf.GetProperty("items").ToString());
    }

    [Theory]
    [InlineData("=")]
    [InlineData("%25")]
    [InlineData("%20")]
    public async Task A_cursor_with_something_after_it_is_refused(string tail)
    {
        var next = (await AskAsync("/v1/claims?limit=1")).Body.GetProperty("next").GetString()!;
        Assert.Equal(200, (await AskAsync(next)).Status);
        // A blank at the end of a value is trimmed, as from every value.
        Assert.Equal(tail == "%20" ? 200 : 400, (await AskAsync(next + tail)).Status);
    }

    [Fact]
    public async Task A_long_list_of_errors_is_cut()
    {
        var (status, body) = await AskAsync("/v1/claims?fields=" + string.Join(',', Enumerable.Range(0, 250).Select(i => $"no{i}")));
        Assert.Equal((400, 20), (status, body.GetProperty("errors").GetArrayLength()));
        Assert.Contains("250 things are wrong", body.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("/", false)]
    [InlineData("/v1/claims?limit=1", false)]
    [InlineData("/v1/claims/0", false)]
    [InlineData("/readyz", false)]
    [InlineData("/swagger/index.html", true)]
    public async Task No_answer_is_taken_for_another_type_and_no_page_is_framed(string path, bool isFrameRefused)
    {
        var answer = await service.Anonymous.GetAsync(path, Cancel);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        if (isFrameRefused) Assert.Contains("frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
    }
}
