using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Facts.Api.Tests.Access;

/// <summary>An OpenID provider on this machine: it publishes its keys and signs tokens.</summary>
sealed class Issuer : IAsyncDisposable
{
    static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    readonly WebApplication _app;
    public SigningCredentials Signing { get; private set; } = null!;
    object _published = null!;

    Issuer(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>The published part of the issuer's key, as bytes that a careless verifier would take for a secret.</summary>
    public byte[] PublicKey { get; private set; } = [];

    /// <summary>Starts one with an RSA key.</summary>
    public static async Task<Issuer> StartAsync(string address = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address);
        builder.Logging.ClearProviders();
        var issuer = new Issuer(builder.Build());
        issuer.UseRsa("first");
        issuer._app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = issuer.Address, jwks_uri = issuer.Address + "/keys" }));
        issuer._app.MapGet("/keys", () => Results.Json(new { keys = new[] { issuer._published } }));
        await issuer._app.StartAsync(TestContext.Current.CancellationToken);
        return issuer;
    }

    void UseRsa(string name)
    {
        var key = RSA.Create(2048);
        var open = key.ExportParameters(false);
        (Signing, PublicKey) = (new(new RsaSecurityKey(key) { KeyId = name }, "RS256"), key.ExportSubjectPublicKeyInfo());
        _published = new { kty = "RSA", use = "sig", kid = name, n = Base64UrlEncoder.Encode(open.Modulus), e = Base64UrlEncoder.Encode(open.Exponent) };
    }

    /// <summary>Goes over to another key, of another kind.</summary>
    public void UseEc(string name)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var open = key.ExportParameters(false);
        Signing = new(new ECDsaSecurityKey(key) { KeyId = name }, "ES256");
        _published = new { kty = "EC", crv = "P-256", use = "sig", kid = name, x = Base64UrlEncoder.Encode(open.Q.X), y = Base64UrlEncoder.Encode(open.Q.Y) };
    }

    public string Sign(Dictionary<string, object?> claims) => Handler.CreateToken(JsonSerializer.Serialize(claims), Signing);

    public static string SignWith(SigningCredentials signing, Dictionary<string, object?> claims, Dictionary<string, object>? header = null) =>
        Handler.CreateToken(JsonSerializer.Serialize(claims), signing, header ?? []);

    /// <summary>With <c>"alg":"none"</c>.</summary>
    public static string Unsigned(Dictionary<string, object?> claims) => Handler.CreateToken(JsonSerializer.Serialize(claims));

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
