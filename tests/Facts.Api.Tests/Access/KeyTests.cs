using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Facts.Api.Access;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Facts.Api.Tests.Access;

/// <summary>Keys: creation, the single showing of their text, scopes, expiry and revocation.</summary>
public sealed class KeyTests(KeyTests.Timed service) : IClassFixture<KeyTests.Timed>
{
    /// <summary>With items to claim about, and a clock that can be moved past the end of a key.</summary>
    public sealed class Timed(Databases databases) : FactsService(databases)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            Clock = new FakeTimeProvider(new DateTimeOffset(2025, 1, 1, 12, 0, 0, TimeSpan.Zero));
            await Case.AddItemsAsync(Admin);
        }
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    const string Pledge =
        """{"article_url":"https://example.org/keys","article_published_on":"2024-12-04","kind":"pledge","donors":["DEU"],"recipient":"UKR","items":["iris-t"],"unit":"system","quantity":2}""";

    const string Party = """{"code":"jef","name":"Joint Expeditionary Force","kind":"alliance"}""";

    [Fact]
    public async Task A_key_is_shown_once_and_only_its_hash_is_stored()
    {
        var made = await service.Admin.PostAsync("/v1/keys",
            Case.Json("""{"name":"a script","scopes":["edit","contribute"],"expires_on":"2030-01-01"}""", "application/json"), Cancel);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.StartsWith("\"1-", made.Headers.ETag?.ToString());
        Assert.True(made.Headers.CacheControl?.NoStore);
        var key = await Case.ReadAsync(made);
        var text = key.GetProperty("key").GetString()!;
        Assert.True(ApiKeyFormat.IsWellFormed(text));
        Assert.Equal(["contribute", "edit"], key.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()));

        var one = await service.Admin.GetAsync(made.Headers.Location, Cancel);
        Assert.Equal(made.Headers.ETag, one.Headers.ETag);
        var (found, listed) = (await one.Content.ReadAsStringAsync(Cancel), await service.Admin.GetStringAsync("/v1/keys?limit=5000", Cancel));
        foreach (var answer in new[] { found, listed })
        {
            Assert.Contains("\"a script\"", answer);
            Assert.DoesNotContain(text, answer);
            Assert.DoesNotContain("sha256", answer);
        }

        await using var store = new NpgsqlConnection(service.ConnectionString);
        await store.OpenAsync(Cancel);
        await using var rows = new NpgsqlCommand("select keys::text, encode(sha256, 'hex') from keys where name = 'a script'", store);
        await using var reader = await rows.ExecuteReaderAsync(Cancel);
        Assert.True(await reader.ReadAsync(Cancel));
        Assert.DoesNotContain(text, reader.GetString(0));
        Assert.Equal(Convert.ToHexStringLower(ApiKeyFormat.Sha256(text)), reader.GetString(1));
    }

    [Theory]
    [InlineData("read", "/v1/claims", Pledge, "contribute")]
    [InlineData("edit", "/v1/claims", Pledge, "contribute")]
    [InlineData("edit", "/v1/imports", Pledge, "contribute")]
    [InlineData("admin", "/v1/articles", """{"url":"https://example.org/other"}""", "contribute")]
    [InlineData("contribute", "/v1/parties", Party, "edit")]
    [InlineData("contribute", "/v1/items", """{"code":"x","name":"x","unit":"system"}""", "edit")]
    [InlineData("contribute", "/v1/review/decisions", """{"decision":"merge","a":1,"b":2,"reason":"why"}""", "edit")]
    [InlineData("contribute", "/v1/claims?create_missing=true", Pledge, "edit")]
    [InlineData("contribute", "/v1/imports?create_missing=true", Pledge, "edit")]
    [InlineData("edit", "/v1/keys", """{"name":"x","scopes":["admin"]}""", "admin")]
    public async Task A_key_without_the_scope_is_refused_with_the_name_of_the_scope(string scope, string path, string body, string needed)
    {
        var refused = await As((await MakeAsync(scope)).Text).PostAsync(path, Case.Json(body, "application/json"), Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var problem = await Case.ReadAsync(refused);
        Assert.Equal("scope_missing", problem.GetProperty("code").GetString());
        Assert.Contains($"the scope {needed}; this one has {scope}", problem.GetProperty("detail").GetString());
        Assert.Contains($"scope=\"{needed}\"", refused.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_key_allows_exactly_its_scopes()
    {
        var contributor = As((await MakeAsync("contribute")).Text);
        var claim = await contributor.PostAsync("/v1/claims", Case.Json(Pledge.Replace("/keys", "/scopes"), "application/json"), Cancel);
        Assert.Equal(HttpStatusCode.Created, claim.StatusCode);
        Assert.Equal(HttpStatusCode.OK,
            (await contributor.PostAsync("/v1/imports", Case.Json(Pledge.Replace("/keys", "/load"), "application/x-ndjson"), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await RankAsync(contributor, claim)).StatusCode);

        var editor = As((await MakeAsync("edit")).Text);
        Assert.Equal(HttpStatusCode.Created, (await editor.PostAsync("/v1/parties", Case.Json(Party, "application/json"), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await RankAsync(editor, claim)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await editor.GetAsync("/v1/keys", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.Anonymous.GetAsync("/v1/audit", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await As((await MakeAsync("admin")).Text).GetAsync("/v1/keys", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_rank_in_a_claim_or_a_file_needs_the_scope_of_an_editor()
    {
        var ranked = Pledge.Replace("/keys", "/ranked")[..^1] + ",\"rank\":\"preferred\"}";
        var contributor = As((await MakeAsync("contribute")).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await contributor.PostAsync("/v1/claims", Case.Json(ranked, "application/json"), Cancel)).StatusCode);
        var load = await contributor.PostAsync("/v1/imports", Case.Json(ranked, "application/x-ndjson"), Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, load.StatusCode);
        Assert.Equal("scope_missing /rank",
            (await Case.ReadAsync(load)).GetProperty("errors")[0] is var e ? $"{e.GetProperty("code")} {e.GetProperty("pointer")}" : "");
        Assert.Equal(HttpStatusCode.Created,
            (await As((await MakeAsync("contribute", "edit")).Text).PostAsync("/v1/claims", Case.Json(ranked, "application/json"), Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_revoked_key_stops_working_at_once()
    {
        var (text, place) = await MakeAsync("contribute");
        var holder = As(text);
        Assert.Equal(HttpStatusCode.OK, (await holder.GetAsync("/v1/balances", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionRequired, (await RevokeAsync(place, null)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await RevokeAsync(place, "\"9\"")).StatusCode);
        var revoked = await RevokeAsync(place, "\"1\"");
        Assert.Equal((HttpStatusCode.OK, "\"2-"), (revoked.StatusCode, revoked.Headers.ETag?.ToString()[..3]));
        Assert.NotEqual(JsonValueKind.Null, (await Case.ReadAsync(revoked)).GetProperty("revoked_at").ValueKind);
        await BadAsync(holder, "the key was revoked");
        Assert.Equal(HttpStatusCode.OK, (await RevokeAsync(place, "\"2\"")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await RevokeAsync("/v1/keys/99999", "*")).StatusCode);
    }

    [Fact]
    public async Task A_key_works_on_its_last_day_and_not_after_it()
    {
        var day = DateOnly.FromDateTime(service.Clock!.GetUtcNow().UtcDateTime).AddDays(1);
        var holder = As((await MakeAsync($"\"expires_on\":\"{day:yyyy-MM-dd}\"", ["read"])).Text);
        service.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.OK, (await holder.GetAsync("/v1/balances", Cancel)).StatusCode);
        service.Clock.Advance(TimeSpan.FromDays(1));
        await BadAsync(holder, $"the key expired after {day:yyyy-MM-dd}");
    }

    [Fact]
    public async Task A_mistyped_key_is_distinguished_from_text_that_is_no_key()
    {
        var text = (await MakeAsync("read")).Text;
        await BadAsync(As(text[..^1] + (text[^1] == 'x' ? 'y' : 'x')), "the key was mistyped or cut: its checksum does not fit");
        await BadAsync(As(text[..20]), "the key was mistyped or cut: its checksum does not fit");
        await BadAsync(As(ApiKeyFormat.Make()), "the key is not valid; without one, what is public can be read");
        await BadAsync(As("something"), "the key is not valid; without one, what is public can be read");
    }

    [Theory]
    [InlineData("""{"scopes":["read"]}""", "422 required /name")]
    [InlineData("""{"name":" ","scopes":["read"]}""", "422 blank /name")]
    [InlineData("""{"name":"x"}""", "422 required /scopes")]
    [InlineData("""{"name":"x","scopes":[]}""", "422 required /scopes")]
    [InlineData("""{"name":"x","scopes":["edits"]}""", "422 invalid_word /scopes/0")]
    [InlineData("""{"name":"x","scopes":"read"}""", "400 wrong_type /scopes")]
    [InlineData("""{"name":"x","scopes":["read"],"expires_on":"2025-02-30"}""", "422 invalid_date /expires_on")]
    [InlineData("""{"name":"x","scopes":["read"],"expires_on":"2024-12-31"}""", "422 invalid_date /expires_on")]
    [InlineData("""{"name":"x","scopes":["read"],"key":"fct_mine"}""", "400 unknown_member /key")]
    [InlineData("""{"name":"\u0000","scopes":["read"]}""", "422 invalid_text /name")]
    public async Task A_wrong_request_for_a_key_is_refused_at_its_place(string body, string expected)
    {
        var refused = await service.Admin.PostAsync("/v1/keys", Case.Json(body, "application/json"), Cancel);
        var error = (await Case.ReadAsync(refused)).GetProperty("errors")[0];
        Assert.Equal(expected, $"{(int)refused.StatusCode} {error.GetProperty("code")} {error.GetProperty("pointer")}");
    }

    [Fact]
    public async Task A_repeated_request_for_a_key_makes_one_key_and_its_text_is_not_stored()
    {
        var (first, second) = (await SendAsync(), await SendAsync());
        var (made, again) = (await Case.ReadAsync(first), await Case.ReadAsync(second));
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(made.GetProperty("id").GetInt64(), again.GetProperty("id").GetInt64());
        Assert.True(ApiKeyFormat.IsWellFormed(made.GetProperty("key").GetString()!));
        Assert.Equal(JsonValueKind.Null, again.GetProperty("key").ValueKind);

        async Task<HttpResponseMessage> SendAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post,
                "/v1/keys")
            { Content = Case.Json("""{"name":"once","scopes":["read"]}""", "application/json") };
            request.Headers.Add("Idempotency-Key", "once");
            return await service.Admin.SendAsync(request, Cancel);
        }
    }

    [Fact]
    public async Task Every_write_is_in_the_log_with_its_key_its_request_and_its_change()
    {
        var (text, place) = await MakeAsync("contribute", "edit", "admin");
        var key = place.Split('/')[^1];
        var writer = As(text);
        await writer.PostAsync("/v1/items", Case.Json("""{"code":"logged","name":"logged","unit":"system"}""", "application/json"), Cancel);
        await writer.PostAsync("/v1/claims", Case.Json(Pledge.Replace("/keys", "/logged"), "application/json"), Cancel);
        await writer.PostAsync("/v1/claims", Case.Json("{}", "application/json"), Cancel);
        await writer.PostAsync("/v1/imports?dry_run=true", Case.Json(Pledge.Replace("/keys", "/dry"), "application/x-ndjson"), Cancel);
        var queued = await Case.ReadAsync(await writer.PostAsync("/v1/imports?async=true",
            Case.Json(Pledge.Replace("/keys", "/queued"), "application/x-ndjson"), Cancel));
        var load = $"/v1/imports/{queued.GetProperty("id")}";
        for (var state = ""; state != "done"; await Task.Delay(50, Cancel))
            state = (await Case.ReadAsync(await writer.GetAsync(load, Cancel))).GetProperty("state").GetString();
        await MakeAsync(writer);

        var rows = (await Case.ReadAsync(await service.Admin.GetAsync($"/v1/audit?key_id={key}&sort=id", Cancel))).GetProperty("items")
            .EnumerateArray().ToList();
        Assert.Equal(["/v1/items change", "/v1/claims change", "/v1/imports /v1/imports/N", "/v1/imports " + load, $"/v1/imports {load} change",
            "/v1/keys /v1/keys/N"],
            rows.Select((r, i) => string.Join(' ',
                new[] { r.GetProperty("path").GetString(), i is 2 or 5 ? Numberless(r) : r.GetProperty("resource").GetString(),
                    r.GetProperty("change").ValueKind == JsonValueKind.Number ? "change" : null }.OfType<string>())));
        Assert.All(rows, r => Assert.Matches("^[0-9a-f]{32}$", r.GetProperty("request_id").GetString()));
        Assert.Equal(rows[3].GetProperty("request_id").GetString(), rows[4].GetProperty("request_id").GetString());
        var change = rows[1].GetProperty("change").GetInt64();
        var listed = (await Case.ReadAsync(await service.Anonymous.GetAsync($"/v1/changes?since={change - 1}&limit=1", Cancel))).GetProperty("items")[0];
        Assert.Equal((change, rows[1].GetProperty("recorded_at").GetString()),
            (listed.GetProperty("sequence").GetInt64(), listed.GetProperty("recorded_at").GetString()));
        Assert.Empty((await Case.ReadAsync(await service.Admin.GetAsync("/v1/audit?recorded_at__gt=2099-01-01T00:00:00Z", Cancel))).GetProperty("items")
            .EnumerateArray());

        static string Numberless(JsonElement row) => row.GetProperty("resource").GetString()!.TrimEnd([.. "0123456789"]) + "N";
    }

    Task<(string Text, string Place)> MakeAsync(params string[] scopes) => MakeAsync("\"expires_on\":null", scopes);

    Task<(string Text, string Place)> MakeAsync(string member, string[] scopes) => MakeAsync(service.Admin, member, scopes);

    static async Task<(string Text, string Place)> MakeAsync(HttpClient admin, string member = "\"expires_on\":null", params string[] scopes)
    {
        var words = string.Join(',', scopes.DefaultIfEmpty("read").Select(s => $"\"{s}\""));
        var made = await admin.PostAsync("/v1/keys", Case.Json($$"""{"name":"a test","scopes":[{{words}}],{{member}}}""", "application/json"), Cancel);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return ((await Case.ReadAsync(made)).GetProperty("key").GetString()!, made.Headers.Location!.ToString());
    }

    HttpClient As(string key)
    {
        var client = service.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    static async Task BadAsync(HttpClient holder, string detail)
    {
        var refused = await holder.GetAsync("/v1/balances", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        var problem = await Case.ReadAsync(refused);
        Assert.Equal(("bad_key", detail), (problem.GetProperty("code").GetString(), problem.GetProperty("detail").GetString()));
    }

    static Task<HttpResponseMessage> RankAsync(HttpClient client, HttpResponseMessage claim) =>
        client.SendAsync(new(HttpMethod.Patch, claim.Headers.Location)
        {
            Headers = { { "If-Match", "*" } },
            Content = Case.Json("""{"rank":"preferred"}""", "application/json")
        }, Cancel);

    Task<HttpResponseMessage> RevokeAsync(string place, string? match)
    {
        var request = new HttpRequestMessage(HttpMethod.Delete, place);
        if (match is not null) request.Headers.TryAddWithoutValidation("If-Match", match);
        return service.Admin.SendAsync(request, Cancel);
    }
}
