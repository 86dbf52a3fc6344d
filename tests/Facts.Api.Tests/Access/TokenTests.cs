using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;

namespace Facts.Api.Tests.Access;

/// <summary>Tokens of an OpenID provider, taken in place of keys.</summary>
public sealed class TokenTests(TokenTests.Trusting service, Databases databases) : IClassFixture<TokenTests.Trusting>
{
    const string Audience = "https://facts.example.org";

    static readonly DateTimeOffset Noon = new(2025, 1, 1, 12, 0, 0, TimeSpan.Zero);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Set to an issuer, with a clock that can be moved and items to claim about.</summary>
    public sealed class Trusting(Databases databases) : FactsService(databases)
    {
        internal Issuer Issuer { get; private set; } = null!;

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            Issuer = await Issuer.StartAsync();
            Trust(this, Issuer.Address);
            await Case.AddItemsAsync(Admin);
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Issuer.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("scope", """ "openid contribute" """)]
    [InlineData("scope", """ "facts:contribute email" """)]
    [InlineData("scope", """ ["email", "contribute"] """)]
    [InlineData("scp", """ "facts.contribute" """)]
    [InlineData("scp", """ ["contribute", "openid"] """)]
    public async Task A_token_allows_exactly_its_scopes_and_the_log_names_its_owner(string claim, string scopes)
    {
        var writer = As(service, Token(claims => claims[claim] = JsonSerializer.Deserialize<JsonElement>(scopes)));
        var made = await writer.PostAsync("/v1/claims", Pledge(claim + scopes), Cancel);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await writer.GetAsync(made.Headers.Location, Cancel)).StatusCode);
        Assert.Equal(("/v1/claims", Whose("alice"), JsonValueKind.Null), LogLine((await LogAsync()).First()));

        var refused = await writer.GetAsync("/v1/keys", Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("this needs a token with the scope admin; this one has contribute", await DetailAsync(refused));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("openid email")]
    [InlineData("Contribute contributed mail.contribute facts:facts:contribute 1")]
    public async Task A_token_without_a_known_scope_allows_what_an_anonymous_caller_may_do(string? scopes)
    {
        var reader = As(service, Token(claims => claims["scope"] = scopes));
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/v1/balances", Cancel)).StatusCode);
        var refused = await reader.PostAsync("/v1/claims", Pledge("none"), Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("this needs a token with the scope contribute; this one has none", await DetailAsync(refused));
        Assert.Contains("scope=\"contribute\"", refused.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Without_anonymous_reading_a_token_needs_the_scope_read()
    {
        await using var closed = await TrustingAsync(service.Issuer.Address, ("Access:AnonymousRead", "false"));
        Assert.Equal(HttpStatusCode.OK, (await As(closed, Token(claims => claims["scope"] = "read")).GetAsync("/v1/claims", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await As(closed, Token(claims => claims["scope"] = "edit")).GetAsync("/v1/claims", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await closed.Admin.GetAsync("/v1/claims", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_bad_token_is_refused_as_a_bad_key_with_the_reason()
    {
        var issuer = service.Issuer;
        var ours = $"the token is not signed by a key of {issuer.Address} with one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512";
        var (secret, stranger) = (new SymmetricSecurityKey(issuer.PublicKey) { KeyId = "first" }, new RsaSecurityKey(RSA.Create(2048)) { KeyId = "first" });
        var pem = new SymmetricSecurityKey(Encoding.ASCII.GetBytes(PemEncoding.WriteString("PUBLIC KEY", issuer.PublicKey)));
        var good = Token().Split('.');
        const string Subject = "the token says nothing of whose it is, or not in 1 to 255 characters of ASCII (sub)";
        const string NoJwt = "the token cannot be read: it is no JWT";
        (string Token, string Detail)[] bad =
        [
            (Issuer.Unsigned(Claims()), ours),
            (Issuer.SignWith(new(secret, "HS256"), Claims()), ours),
            (Issuer.SignWith(new(pem, "HS256"), Claims()), ours),
            (Issuer.SignWith(new(stranger, "RS256"), Claims()), ours),
            (Issuer.SignWith(new(new RsaSecurityKey(RSA.Create(2048)) { KeyId = "none of theirs" }, "RS256"), Claims()), ours),
            ($"{good[0]}.{Base64UrlEncoder.Encode(JsonSerializer.Serialize(Claims(c => c["scope"] = "admin")))}.{good[2]}", ours),
            ($"{good[0]}.{good[1]}.", ours),
            (Issuer.SignWith(issuer.Signing, Claims(), new() { ["crit"] = new[] { "exp" } }), "the token asks for what is not known here (crit)"),
            (Token(c => c["iss"] = "https://elsewhere.example.org"), $"the token is of another issuer than {issuer.Address}"),
            (Token(c => c["iss"] = issuer.Address + "/"), $"the token is of another issuer than {issuer.Address}"),
            (Token(c => c["aud"] = "https://elsewhere.example.org"), $"the token is for another audience than {Audience}"),
            (Token(c => c.Remove("aud")), $"the token is for another audience than {Audience}"),
            (Token(c => c["exp"] = Noon.AddSeconds(-30).ToUnixTimeSeconds()), "the token expired at 2025-01-01T11:59:30Z"),
            (Token(c => c["nbf"] = Noon.AddSeconds(31).ToUnixTimeSeconds()), "the token is not good before 2025-01-01T12:00:31Z"),
            (Token(c => c.Remove("exp")), "the token does not say until when it is good (exp)"),
            (Token(c => c["exp"] = "tomorrow"), NoJwt),
            (Token(c => c["exp"] = 1e300), NoJwt),
            (Token(c => c.Remove("sub")), Subject),
            (Token(c => c["sub"] = ""), Subject),
            (Token(c => c["sub"] = new string('x', 256)), Subject),
            (Token(c => c["sub"] = "\0"), Subject),
            (Token(c => c["sub"] = new[] { "alice" }), NoJwt),
            ("a.b.c", NoJwt),
            ("..", NoJwt),
        ];
        foreach (var (token, detail) in bad)
        {
            var refused = await As(service, token).PostAsync("/v1/claims", Pledge("bad"), Cancel);
            Assert.Equal((HttpStatusCode.Unauthorized, detail), (refused.StatusCode, await DetailAsync(refused)));
            Assert.Equal("Bearer realm=\"facts\", error=\"invalid_token\"", refused.Headers.WwwAuthenticate.ToString());
            Assert.Contains("\"bad_key\"", await refused.Content.ReadAsStringAsync(Cancel));
            Assert.Equal(HttpStatusCode.Unauthorized, (await As(service, token).GetAsync("/v1/balances", Cancel)).StatusCode);
        }
    }

    [Fact]
    public async Task Clocks_may_differ_a_little()
    {
        var late = Token(c => c["exp"] = Noon.AddSeconds(-29).ToUnixTimeSeconds());
        var early = Token(c => c["nbf"] = Noon.AddSeconds(30).ToUnixTimeSeconds());
        foreach (var token in new[] { late, early })
            Assert.Equal(HttpStatusCode.OK, (await As(service, token).GetAsync("/v1/balances", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_token_works_until_it_expires()
    {
        await using var other = await TrustingAsync(service.Issuer.Address);
        var holder = As(other, Token());
        Assert.Equal(HttpStatusCode.OK, (await holder.GetAsync("/v1/balances", Cancel)).StatusCode);
        other.Clock!.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("the token expired at 2025-01-01T12:05:00Z", await DetailAsync(await holder.GetAsync("/v1/balances", Cancel)));
    }

    [Fact]
    public async Task A_new_key_of_the_issuer_is_accepted_with_its_first_token()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var other = await TrustingAsync(issuer.Address);
        var before = As(other, Token(of: issuer));
        Assert.Equal(HttpStatusCode.OK, (await before.GetAsync("/v1/balances", Cancel)).StatusCode);
        issuer.UseEc("second");
        other.Clock!.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.OK, (await before.GetAsync("/v1/balances", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await As(other, Token(of: issuer)).GetAsync("/v1/balances", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await before.GetAsync("/v1/balances", Cancel)).StatusCode);
    }

    [Fact]
    public async Task While_the_issuer_is_unreachable_its_tokens_get_503_and_keys_still_work()
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        await using var other = await TrustingAsync(address);
        var token = Token(c => c["iss"] = address);
        var refused = await As(other, token).GetAsync("/v1/balances", Cancel);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(10)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
        Assert.Contains("\"issuer_unavailable\"", await refused.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(HttpStatusCode.OK, (await other.Admin.GetAsync("/v1/keys", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await other.Anonymous.GetAsync("/v1/balances", Cancel)).StatusCode);

        string after;
        await using (var issuer = await Issuer.StartAsync(address))
        {
            other.Clock!.Advance(TimeSpan.FromSeconds(10));
            after = Token(of: issuer);
            Assert.Equal(HttpStatusCode.OK, (await As(other, after).GetAsync("/v1/balances", Cancel)).StatusCode);
        }
        other.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.OK, (await As(other, after).GetAsync("/v1/balances", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await As(other, token).GetAsync("/v1/balances", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_service_without_an_issuer_accepts_no_token()
    {
        await using var other = new FactsService(databases);
        await other.InitializeAsync();
        var refused = await As(other, Token()).GetAsync("/v1/balances", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("the key is not valid; without one, what is public can be read", await DetailAsync(refused));
    }

    [Fact]
    public async Task A_renewed_token_is_the_same_caller()
    {
        var renewed = Token(c => c["jti"] = "another");
        var (first, second, other) = (await SendAsync(Token()), await SendAsync(renewed), await SendAsync(Token(c => c["sub"] = "bob")));
        Assert.All([first, second, other], answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Equal((false, true, false), (IsReplayed(first), IsReplayed(second), IsReplayed(other)));

        await using var limited = await TrustingAsync(service.Issuer.Address, ("Access:RequestsPerMinute", "3"));
        foreach (var (token, left) in new[] { (Token(), 2), (renewed, 1), (Token(c => c["sub"] = "bob"), 2) })
            Assert.Equal($"\"default\";r={left}", (await As(limited, token).GetAsync("/v1/parties/DEU", Cancel)).Headers.GetValues("RateLimit").Single());

        Task<HttpResponseMessage> SendAsync(string token) =>
            As(service, token).SendAsync(new(HttpMethod.Post, "/v1/claims") { Headers = { { "Idempotency-Key", "once" } }, Content = Pledge("once") }, Cancel);

        static bool IsReplayed(HttpResponseMessage answer) => answer.Headers.Contains("Idempotency-Replayed");
    }

    [Fact]
    public async Task A_queued_import_and_a_key_made_with_a_token_belong_to_their_caller()
    {
        var sender = As(service, Token(c => (c["sub"], c["scope"]) = ("carol", "contribute admin")));
        var queued = await Case.ReadAsync(await sender.PostAsync("/v1/imports?async=true", Pledge("queued"), Cancel));
        var load = $"/v1/imports/{queued.GetProperty("id")}";
        for (var state = ""; state != "done"; await Task.Delay(50, Cancel))
            state = (await Case.ReadAsync(await sender.GetAsync(load, Cancel))).GetProperty("state").GetString();
        await sender.PostAsync("/v1/keys", Case.Json("""{"name":"of a token","scopes":["read"]}""", "application/json"), Cancel);

        Assert.Equal(["/v1/keys", "/v1/imports", "/v1/imports"], (await LogAsync("carol")).Select(row => row.GetProperty("path").GetString()));
        Assert.DoesNotContain("carol", await service.Admin.GetStringAsync("/v1/audit?subject__isnull=true&limit=5000", Cancel));
    }

    [Fact]
    public async Task A_caller_that_guesses_tokens_must_wait()
    {
        await using var other = await TrustingAsync(service.Issuer.Address);
        var guesser = As(other, "a.b.c");
        for (var i = 0; i < 600; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await guesser.GetAsync("/v1/parties/DEU", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await guesser.GetAsync("/v1/parties/DEU", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await As(other, Token()).GetAsync("/v1/parties/DEU", Cancel)).StatusCode);
    }

    async Task<FactsService> TrustingAsync(string address, params (string Name, string Value)[] settings)
    {
        var made = new FactsService(databases);
        await made.InitializeAsync();
        foreach (var (name, value) in settings) made.With(name, value);
        Trust(made, address);
        return made;
    }

    static void Trust(FactsService made, string address)
    {
        made.With("Access:Oidc:Authority", address).With("Access:Oidc:Audience", Audience);
        made.Clock = new FakeTimeProvider(Noon);
    }

    /// <summary>A token of Alice with the scope contribute for five minutes. The caller can change its claims.</summary>
    string Token(Action<Dictionary<string, object?>>? change = null, Issuer? of = null) => (of ?? service.Issuer).Sign(Claims(change, of));

    Dictionary<string, object?> Claims(Action<Dictionary<string, object?>>? change = null, Issuer? of = null)
    {
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = (of ?? service.Issuer).Address, ["aud"] = Audience, ["sub"] = "alice", ["scope"] = "contribute",
            ["exp"] = Noon.AddMinutes(5).ToUnixTimeSeconds(),
        };
        change?.Invoke(claims);
        return claims;
    }

    string Whose(string subject) => $"{service.Issuer.Address} {subject}";

    async Task<IEnumerable<JsonElement>> LogAsync(string subject = "alice") =>
        (await Case.ReadAsync(await service.Admin.GetAsync($"/v1/audit?subject={Uri.EscapeDataString(Whose(subject))}", Cancel))).GetProperty("items")
            .EnumerateArray();

    static (string?, string?, JsonValueKind) LogLine(JsonElement row) =>
        (row.GetProperty("path").GetString(), row.GetProperty("subject").GetString(), row.GetProperty("key_id").ValueKind);

    static async Task<string?> DetailAsync(HttpResponseMessage refused) => (await Case.ReadAsync(refused)).GetProperty("detail").GetString();

    static StringContent Pledge(string name) => new(
        $$"""{"article_url":"https://example.org/{{Uri.EscapeDataString(name)}}","article_published_on":"2024-12-04","kind":"pledge","donors":["DEU"],"recipient":"UKR","items":["iris-t"],"unit":"system","quantity":2}""",
        new MediaTypeHeaderValue("application/json"));

    static HttpClient As(FactsService service, string token)
    {
        var client = service.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
