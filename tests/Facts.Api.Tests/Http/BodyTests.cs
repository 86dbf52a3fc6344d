using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Facts.Api.Tests.Http;

public sealed class BodyTests
{
    [Theory]
    [InlineData("""{"title": "Fuel", "donors": ["USA"]""", "400 malformed_json [: malformed_json]")]
    [InlineData("""{"title": "Fuel", "donors": ["USA"]} {}""", "400 malformed_json [: malformed_json]")]
    [InlineData("", "400 empty_body []")]
    [InlineData("[]", "400 wrong_type [: wrong_type]")]
    [InlineData("null", "400 wrong_type [: wrong_type]")]
    [InlineData("""{"title": 5, "donors": 5}""", "400 wrong_type [/title: wrong_type, /donors: wrong_type]")]
    [InlineData("""{"title": "Fuel", "donors": ["USA", 1], "amount": "5", "firm": 1}""",
        "400 wrong_type [/donors/1: wrong_type, /amount: wrong_type, /firm: wrong_type]")]
    [InlineData("""{"titel": "Fuel", "donors": ["USA"]}""", "400 invalid_body [/titel: unknown_member, /title: required]")]
    [InlineData("""{"title": "Fuel", "title": "Fuel", "donors": ["USA"]}""", "400 duplicate_member [/title: duplicate_member]")]
    [InlineData("""{"title": null}""", "422 required [/title: required, /donors: required]")]
    [InlineData("""{"title": "  ", "donors": ["USA"]}""", "422 blank [/title: blank]")]
    [InlineData("""{"title": "a\u0000b", "donors": ["\ud800"]}""", "422 invalid_text [/title: invalid_text, /donors/0: invalid_text]")]
    [InlineData("""{"title": "Fuel", "donors": ["USA"], "amount": 1e400}""", "422 invalid_number [/amount: invalid_number]")]
    [InlineData("""{"title": "Fuel", "donors": ["USA"], "amount": -0}""", "422 invalid_number [/amount: invalid_number]")]
    [InlineData("""{"title": "Fuel", "donors": ["USA"], "amount": NaN}""", "422 invalid_number [/amount: invalid_number]")]
    [InlineData("""{"title": "Fuel", "donors": ["USA"], "amount": 0.12345678901234567890123456789}""", "422 invalid_number [/amount: invalid_number]")]
    [InlineData("""{"title": "Fuel", "donors": ["USA"], "rounds": 1.5}""", "400 wrong_type [/rounds: wrong_type]")]
    [InlineData("""{"title": "Fuel", "donors": ["USA"], "amount": -1, "status": "Open"}""",
        "422 validation_failed [/status: invalid_word, /amount: invalid_value]")]
    [InlineData("""{"title": "A title of more than thirty characters", "donors": ["USA"]}""", "422 too_long [/title: too_long]")]
    public async Task A_wrong_body_is_refused_with_every_place(string json, string expected)
    {
        await using var app = await HttpApp.StartAsync();
        Assert.Equal(expected, await HttpApp.Summary(await app.PostAsync(json)));
    }

    [Fact]
    public async Task JSON_of_a_thousand_levels_is_refused()
    {
        await using var app = await HttpApp.StartAsync();
        var json = """{"title": """ + new string('[', 1_000) + new string(']', 1_000) + "}";
        Assert.Equal("400 too_deep [: too_deep]", await HttpApp.Summary(await app.PostAsync(json)));
    }

    [Fact]
    public async Task An_error_in_JSON_gives_line_and_position()
    {
        await using var app = await HttpApp.StartAsync();
        var problem = await HttpApp.JsonOf(await app.PostAsync("{\n  \"title\": oops\n}"));
        Assert.Contains("line 2, position 12", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task The_nearest_member_and_word_are_suggested()
    {
        await using var app = await HttpApp.StartAsync();
        var errors = (await HttpApp.JsonOf(await app.PostAsync("""{"title": "Fuel", "donor": [], "donors": ["USA"], "status": "partly-met"}""")))
            .GetProperty("errors");
        Assert.Equal(["donors", "partly_met"], errors.EnumerateArray().Select(e => e.GetProperty("suggestion").GetString()));
    }

    [Fact]
    public async Task Text_is_trimmed_and_otherwise_stored_as_it_was_sent()
    {
        await using var app = await HttpApp.StartAsync();
        var response = await app.PostAsync("""{"title": "  Фuel e\u0301 😀 \u202e ", "donors": ["USA"], "amount": 1.50}""");
        Assert.Equal(201, (int)response.StatusCode);
        Assert.Equal(("/v1/promises/99", "\"1\""), (response.Headers.Location?.ToString(), response.Headers.ETag?.Tag));
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"amount\":1.5,", body);
        Assert.Equal("Фuel e\u0301 😀 \u202e", JsonDocument.Parse(body).RootElement.GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_body_in_another_encoding_is_refused_and_a_UTF8_mark_is_not()
    {
        await using var app = await HttpApp.StartAsync();
        const string Json = """{"title": "Für", "donors": ["DEU"]}""";
        Assert.Equal("400 wrong_encoding []", await HttpApp.Summary(await app.PostAsync(Encoding.Unicode.GetBytes(Json))));
        Assert.Equal("400 wrong_encoding []", await HttpApp.Summary(await app.PostAsync(Encoding.Latin1.GetBytes(Json))));
        Assert.Equal(201, (int)(await app.PostAsync([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Json)])).StatusCode);
    }

    [Theory]
    [InlineData(null, 201)]
    [InlineData("application/x-www-form-urlencoded", 201)]
    [InlineData("application/json; charset=utf-8", 201)]
    [InlineData("text/xml", 415)]
    [InlineData("multipart/form-data", 415)]
    public async Task A_missing_media_type_or_that_of_a_form_is_guessed_from_the_body(string? type, int status)
    {
        await using var app = await HttpApp.StartAsync();
        Assert.Equal(status, (int)(await app.PostAsync("""{"title": "Fuel", "donors": ["USA"]}""", type)).StatusCode);
    }

    [Fact]
    public async Task A_form_is_not_JSON()
    {
        await using var app = await HttpApp.StartAsync();
        var response = await app.PostAsync("title=Fuel&donors=USA", "application/x-www-form-urlencoded");
        Assert.Equal("415 unsupported_media_type []", await HttpApp.Summary(response));
        Assert.Equal("application/json", response.Headers.GetValues("Accept-Post").Single());
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_compressed_or_not()
    {
        await using var app = await HttpApp.StartAsync();
        var large = new byte[2_000_000];
        Array.Fill(large, (byte)' ');
        Assert.Equal("413 body_too_large []", await HttpApp.Summary(await app.PostAsync(large)));
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(large);
        Assert.Equal("413 body_too_large []", await HttpApp.Summary(await SendPacked(app, packed.ToArray())));
        Assert.Equal("400 bad_gzip []", await HttpApp.Summary(await SendPacked(app, Encoding.UTF8.GetBytes("{}"))));
    }

    static Task<HttpResponseMessage> SendPacked(HttpApp app, byte[] bytes)
    {
        var body = new ByteArrayContent(bytes);
        body.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        body.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        return app.SendAsync("POST", "/v1/promises", body, ("X-Api-Key", HttpApp.Key));
    }
}
