using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Facts.Api.Tests.Contract;

/// <summary>Bad input at every endpoint that takes it: a problem that names the place, and nothing stored.</summary>
public sealed class BadInputTests(BadInputTests.Sampled service) : IClassFixture<BadInputTests.Sampled>
{
    public sealed class Sampled(Databases databases) : FactsService(databases)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            With("Facts:Sample", "true");
        }
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static readonly string[] Lists = ["articles", "claims", "requests", "commitments", "deliveries", "parties", "items"];

    const string Pledge =
        """{"article_url":"https://example.org/bad","article_published_on":"2024-12-04","kind":"pledge","donors":["DEU"],"recipient":"UKR","items":["iris-t"],"unit":"system","quantity":2}""";

    const string Article = """{"url":"https://example.org/other","title":"t","published_on":"2024-12-04"}""";
    const string Party = """{"code":"jef","name":"Joint Expeditionary Force","kind":"alliance"}""";
    const string Item = """{"code":"other","name":"other","unit":"system"}""";

    static readonly (string Path, string Body)[] Writes =
        [("/v1/claims", Pledge), ("/v1/imports", Pledge), ("/v1/articles", Article), ("/v1/parties", Party), ("/v1/items", Item)];

    /// <summary>Query, status, code, the parameter named, and the nearest that is suggested.</summary>
    static readonly (string Query, string Code, string Parameter, string? Suggestion)[] BadQueries =
    [
        ("limt=5", "unknown_parameter", "limt", "limit"),
        ("limit=0", "out_of_range", "limit", null),
        ("limit=-1", "out_of_range", "limit", null),
        ("limit=5001", "out_of_range", "limit", null),
        ("limit=abc", "wrong_type", "limit", null),
        ("limit=", "empty_value", "limit", null),
        ("limit=1&limit=2", "repeated_parameter", "limit", null),
        ("cursor=Zm9yZ2VkZm9yZ2VkZm9yZ2Vk", "cursor_mismatch", "cursor", null),
        ("cursor=%00", "cursor_mismatch", "cursor", null),
        ("sort=password", "unknown_field", "sort", null),
        ("sort=", "empty_value", "sort", null),
        ("fields=nothing", "unknown_field", "fields", null),
        ("count=all", "unknown_word", "count", null),
    ];

    static readonly (string Query, string Code, string Parameter, string? Suggestion)[] BadBalances =
    [
        ("donr=DEU", "unknown_parameter", "donr", "donor"),
        ("group_by=donor,donor", "repeated_parameter", "group_by", null),
        ("group_by=donors", "unknown_word", "group_by", "donor"),
        ("group_by=", "empty_value", "group_by", null),
        ("as_of=2024-13", "wrong_type", "as_of", null),
        ("as_of=2024-02-30", "wrong_type", "as_of", null),
        ("as_of=", "empty_value", "as_of", null),
        ("as_of=2024-01-01&as_of=2024-01-02", "repeated_parameter", "as_of", null),
        ("known_at=yesterday", "wrong_type", "known_at", null),
        ("min_stage=rejected", "unknown_word", "min_stage", null),
        ("links=explicitly", "unknown_word", "links", "explicit"),
        ("vague=acleds", "unknown_word", "vague", "acled"),
        ("donor=Germny", "unknown_party", "donor", "Germany"),
        ("item=iris", "unknown_item", "item", null),
        ("donor=%00", "unknown_party", "donor", null),
        ("donor=';drop table claims --", "unknown_party", "donor", null),
    ];

    public static TheoryData<string, string, string, string?> Queries()
    {
        var all = new TheoryData<string, string, string, string?>();
        foreach (var list in Lists)
            foreach (var (query, code, parameter, suggestion) in BadQueries) all.Add($"/v1/{list}?{query}", code, parameter, suggestion);
        foreach (var path in new[] { "/v1/balances", "/v1/balances/explain" })
            foreach (var (query, code, parameter, suggestion) in BadBalances) all.Add($"{path}?{query}", code, parameter, suggestion);
        foreach (var noun in new[] { "requests", "commitments", "deliveries" })
        {
            all.Add($"/v1/{noun}?as_of=2024-13", "wrong_type", "as_of", null);
            all.Add($"/v1/{noun}?donor=Germny", "unknown_party", "donor", "Germany");
            all.Add($"/v1/{noun}/1?as_off=2024-01-01", "unknown_parameter", "as_off", "as_of");
        }
        return all;
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task A_wrong_parameter_is_named(string url, string code, string parameter, string? suggestion)
    {
        var problem = await ProblemAsync(await service.Anonymous.GetAsync(url, Cancel));
        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal(parameter, error.GetProperty("parameter").GetString());
        if (suggestion is not null) Assert.Equal(suggestion, error.GetProperty("suggestion").GetString());
    }

    public static TheoryData<string, string, int, string, string?> Bodies()
    {
        var all = new TheoryData<string, string, int, string, string?>();
        foreach (var path in new[] { "/v1/claims", "/v1/imports" })
        {
            void Add(string member, int status, string code, string? pointer) => all.Add(path, Pledge[..^1] + "," + member + "}", status, code, pointer);
            void Instead(string old, string put, int status, string code, string? pointer) => all.Add(path, Pledge.Replace(old, put), status, code, pointer);
            Instead("[\"DEU\"]", "5", 400, "wrong_type", "/donors");
            Instead("[\"DEU\"]", "[5]", 400, "wrong_type", "/donors/0");
            Instead("\"quantity\":2", "\"quantity\":\"2\"", 400, "wrong_type", "/quantity");
            Instead("\"quantity\":2", "\"on_hold\":1", 400, "wrong_type", "/on_hold");
            Instead("\"quantity\"", "\"quantiy\"", 400, "unknown_member", "/quantiy");
            Add("\"kind\":\"pledge\"", 400, "duplicate_member", "/kind");
            Instead("DEU", "Germny", 422, "unknown_party", "/donors/0");
            Instead("iris-t", "iris-tt", 422, "unknown_item", "/items/0");
            Instead("pledge", "pledges", 422, "invalid_word", "/kind");
            Add("\"note\":\"a\\u0000b\"", 422, "invalid_text", "/note");
            Add("\"note\":\"\\ud800\"", 422, "invalid_text", "/note");
            Instead("DEU", "\\u0000", 422, "invalid_text", "/donors/0");
            Instead("\"quantity\":2", "\"quantity_low\":3,\"quantity_high\":2", 422, "invalid_quantity", null);
            Instead("\"quantity\":2", "\"quantity\":-1", 422, "invalid_quantity", null);
            Add("\"due_on\":\"2024-13\"", 422, "invalid_date", "/due_on");
            Add("\"stated_on\":\"yesterday\"", 422, "invalid_date", "/stated_on");
            Instead("\"UKR\"", "null", 422, "required", "/recipient");
            Instead(",\"recipient\":\"UKR\"", "", 422, "required", "/recipient");
            Add("\"note\":\"" + new string('x', 10_001) + "\"", 422, "too_long", "/note");
        }
        foreach (var (path, body) in Writes)
        {
            all.Add(path, "", path == "/v1/imports" ? 422 : 400, path == "/v1/imports" ? "empty_file" : "empty_body", null);
            all.Add(path, body[..^5], 400, "malformed_json", null);
        }
        all.Add("/v1/articles", Article.Replace("title", "titel"), 400, "unknown_member", "/titel");
        all.Add("/v1/articles", Article.Replace("\"t\"", "5"), 400, "wrong_type", "/title");
        all.Add("/v1/articles", Article.Replace("2024-12-04", "2024-13"), 422, "invalid_date", "/published_on");
        all.Add("/v1/articles", Article.Replace("\"t\"", "\"\\u0000\""), 422, "invalid_text", "/title");
        all.Add("/v1/articles", Article.Replace("\"t\"", "\"\\ud800\""), 422, "invalid_text", "/title");
        all.Add("/v1/parties", Party.Replace("kind", "kin"), 400, "unknown_member", "/kin");
        all.Add("/v1/parties", Party.Replace("alliance", "club"), 422, "invalid_word", "/kind");
        all.Add("/v1/parties", Party.Replace("Joint", "\\u0000"), 422, "invalid_text", "/name");
        all.Add("/v1/parties", Party[..^1] + ",\"members\":[\"XXX\"]}", 422, "unknown_party", null);
        all.Add("/v1/items", Item.Replace("unit", "units"), 400, "unknown_member", "/units");
        all.Add("/v1/items", Item[..^1] + ",\"parent\":\"nothing\"}", 422, "unknown_item", "/parent");
        all.Add("/v1/items", Item.Replace("\"name\":\"other\"", "\"name\":\"\\ud800\""), 422, "invalid_text", "/name");
        return all;
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_wrong_body_is_refused_at_its_place_and_nothing_is_stored(string path, string body, int status, string code, string? pointer)
    {
        var before = await StoredAsync();
        var answer = await service.Admin.PostAsync(path, Case.Json(body, path == "/v1/imports" ? "application/x-ndjson" : "application/json"), Cancel);
        var problem = await ProblemAsync(answer);
        // A bad row of a file is a refused load, not a request that cannot be read.
        Assert.Equal(path == "/v1/imports" ? 422 : status, (int)answer.StatusCode);
        var errors = problem.GetProperty("errors").EnumerateArray().ToList();
        if (pointer is not null)
            Assert.Contains((code, pointer), errors.Select(e => (e.GetProperty("code").GetString(), e.GetProperty("pointer").GetString())));
        else
            Assert.Contains(code, errors.Select(e => e.GetProperty("code").GetString()).Append(problem.GetProperty("code").GetString()));
        if (code is "unknown_member" && pointer is "/quantiy" or "/titel")
            Assert.Equal(pointer == "/titel" ? "title" : "quantity", errors[0].GetProperty("suggestion").GetString());
        if (code == "unknown_party" && pointer is not null) Assert.Equal("Germany", errors[0].GetProperty("suggestion").GetString());
        if (path == "/v1/imports" && code != "empty_file") Assert.Equal(1, errors[0].GetProperty("row").GetInt32());
        Assert.Equal(before, await StoredAsync());
    }

    [Theory]
    [InlineData("\"unit\":\" \"", "422 blank /unit")]
    [InlineData("\"quote\":\"a\\u0000\"", "422 invalid_text /quote")]
    [InlineData("\"foo\":1", "400 unknown_member /foo")]
    [InlineData("\"quote\":5", "400 wrong_type /quote")]
    [InlineData("\"items\":[5,\"iris-tt\"]", "400 wrong_type /items/0, unknown_item /items/1")]
    public async Task A_claim_sent_alone_gets_every_error_that_it_gets_in_an_import(string member, string expected)
    {
        var claim = $$"""{"article_url":"https://example.org/bad","kind":"pledge","donors":["zzzq"],"recipient":"Ukrain","quantity":-1,"stated_on":"x",{{member}}}""";
        var alone = await service.Admin.PostAsync("/v1/claims", Case.Json(claim, "application/json"), Cancel);
        var errors = Errors(await ProblemAsync(alone));
        Assert.Equal(Errors(await ProblemAsync(await service.Admin.PostAsync("/v1/imports", Case.Json(claim, "application/x-ndjson"), Cancel))), errors);
        var (status, own) = (expected[..3], expected[4..].Split(", "));
        Assert.Equal(status, $"{(int)alone.StatusCode}");
        Assert.Equal([.. own.Concat(["invalid_date /stated_on", "invalid_quantity /quantity", "unknown_party /donors/0", "unknown_party /recipient"]).Order()],
            errors.Except(member.Contains("items") ? [] : ["required /items"]));
    }

    [Theory]
    [InlineData("/v1/parties", """{"code":"ok9","name":"N9","kind":"club","aliases":[5,"DE"],"members":["Ukrain"]}""", 400,
        "conflict /aliases/1, invalid_word /kind, unknown_party /members/0, wrong_type /aliases/0")]
    [InlineData("/v1/parties", """{"code":"ok9","name":"N9","aliases":["n nine","DE"]}""", 409, "conflict /aliases/1")]
    [InlineData("/v1/items", """{"code":"OK9","name":"N9","aliases":["PATRIOT"],"parent":"patriott"}""", 422,
        "conflict /aliases/0, invalid_value /code, unknown_item /parent")]
    [InlineData("/v1/items", """{"code":"ok9","name":"N9","aliases":["n nine","PATRIOT"]}""", 409, "conflict /aliases/1")]
    public async Task All_errors_of_a_catalogue_entry_are_reported_each_at_its_place(string path, string body, int status, string expected)
    {
        var answer = await service.Admin.PostAsync(path, Case.Json(body, "application/json"), Cancel);
        Assert.Equal(expected, string.Join(", ", Errors(await ProblemAsync(answer))));
        Assert.Equal(status, (int)answer.StatusCode);
    }

    static List<string> Errors(JsonElement problem) =>
        [.. problem.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("code")} {e.GetProperty("pointer")}").Order()];

    [Theory]
    [InlineData("/v1/claims")]
    [InlineData("/v1/articles")]
    [InlineData("/v1/parties")]
    [InlineData("/v1/items")]
    [InlineData("/v1/imports")]
    public async Task A_body_of_ten_megabytes_is_too_large(string path)
    {
        var body = "{\"note\":\"" + new string('x', 10 * 1_048_576) + "\"}";
        var answer = await service.Admin.PostAsync(path, Case.Json(body, "application/json"), Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("body_too_large", (await ProblemAsync(answer)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("articles")]
    [InlineData("claims")]
    [InlineData("requests")]
    [InlineData("commitments")]
    [InlineData("deliveries")]
    [InlineData("parties")]
    [InlineData("items")]
    [InlineData("imports")]
    [InlineData("review/decisions")]
    public async Task An_invalid_id_is_not_found(string noun)
    {
        foreach (var id in new[] { "abc-xyz", "0", "-1", "1.5", "99999999999999999999999999", "%2e%2e%2fetc", "'; drop table claims --" })
        {
            var answer = await service.Anonymous.GetAsync($"/v1/{noun}/{id}", Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{noun}/{id} gives {(int)answer.StatusCode}");
            await ProblemAsync(answer);
        }
    }

    [Theory]
    [InlineData("/v1/articles", "DELETE")]
    [InlineData("/v1/claims", "PUT")]
    [InlineData("/v1/requests", "POST")]
    [InlineData("/v1/commitments", "POST")]
    [InlineData("/v1/deliveries", "PATCH")]
    [InlineData("/v1/balances", "POST")]
    [InlineData("/v1/balances/explain", "DELETE")]
    [InlineData("/v1/parties", "DELETE")]
    [InlineData("/v1/items", "PUT")]
    [InlineData("/v1/imports", "PUT")]
    [InlineData("/v1/claims", "TRACE")]
    public async Task A_method_that_is_not_offered_is_answered_with_those_that_are(string path, string method)
    {
        var answer = await service.Admin.SendAsync(new(new HttpMethod(method), path), Cancel);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.NotEmpty(answer.Content.Headers.Allow);
        Assert.DoesNotContain(method, answer.Content.Headers.Allow);
        Assert.Equal("method_not_allowed", (await ProblemAsync(answer)).GetProperty("code").GetString());
    }

    public static TheoryData<string, string> WritePaths()
    {
        var all = new TheoryData<string, string>();
        foreach (var (path, body) in Writes) all.Add(path, body);
        return all;
    }

    [Theory]
    [MemberData(nameof(WritePaths))]
    public async Task Only_one_valid_key_in_a_header_may_write(string path, string body)
    {
        var before = await StoredAsync();
        await RefusedAsync(401, "key_required", path, body);
        await RefusedAsync(401, "bad_key", path, body, ("Authorization", "Bearer fct_thisisnotthekeyatall"));
        await RefusedAsync(401, "bad_key", path, body, ("Authorization", "Basic YTpi"));
        await RefusedAsync(401, "bad_key", path, body, ("X-Api-Key", FactsService.Key[..^1]));
        await RefusedAsync(400, "two_keys", path, body, ("Authorization", "Bearer " + FactsService.Key), ("X-Api-Key", "fct_another"));
        await RefusedAsync(400, "key_in_url", path + "?api_key=" + FactsService.Key, body);
        await RefusedAsync(400, "key_in_url", path + "?access_token=x", body, ("Authorization", "Bearer " + FactsService.Key));
        Assert.Equal(before, await StoredAsync());
    }

    [Fact]
    public async Task A_bad_key_is_never_treated_as_no_key()
    {
        foreach (var path in Lists.Select(l => "/v1/" + l).Append("/v1/balances"))
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "fct_thisisnotthekeyatall");
            var answer = await service.Anonymous.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            await ProblemAsync(answer);
        }
    }

    async Task RefusedAsync(int status, string code, string path, string body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var answer = await service.Anonymous.SendAsync(request, Cancel);
        var problem = await ProblemAsync(answer);
        Assert.Equal((status, code), ((int)answer.StatusCode, problem.GetProperty("code").GetString()));
    }

    /// <summary>All stored rows except reports of imports, which are stored for refused imports too.</summary>
    async Task<string> StoredAsync()
    {
        var api = new Case(service.Anonymous);
        var counts = new List<long>();
        foreach (var list in Lists) counts.Add((await api.GetAsync($"/v1/{list}?count=exact&limit=1")).GetProperty("count").GetInt64());
        return string.Join(' ', counts);
    }

    static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{(int)answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal((int)answer.StatusCode, problem.GetProperty("status").GetInt32());
        foreach (var member in new[] { "type", "title", "detail", "instance", "code", "trace_id" })
            Assert.NotEqual("", problem.GetProperty(member).GetString());
        foreach (var leak in new[] { "SELECT ", "from claims", "Npgsql", "   at ", FactsService.Key }) Assert.DoesNotContain(leak, text);
        return problem;
    }
}
