using System.Globalization;
using Facts.Api.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Facts.Api.Access;

/// <summary>Validates the tokens (JWT) of one OpenID provider. Registered only if the settings name a provider.</summary>
internal sealed class JwtValidator(TokenIssuer issuer, OidcConfigurationCache configurations, TimeProvider clock)
{
    /// <summary>The longest <c>sub</c> that OpenID Connect allows, in ASCII characters.</summary>
    const int MaxSubjectLength = 255;

    /// <summary>The accepted difference between the issuer's clock and the clock of this machine.</summary>
    static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    // HS256 is missing for a reason: its secret would be the public key, which anybody can read.
    static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>Prefixes of our scopes at an issuer that has one list of scopes for several services, as in <c>facts:edit</c>.</summary>
    static readonly string[] Prefixes = ["facts:", "facts."];

    static readonly JsonWebTokenHandler Handler = new();

    /// <summary>Tells a token from a key: a token has two dots, and a key of this service has none.</summary>
    public static bool HasForm(string text) => text.Count(c => c == '.') == 2;

    /// <summary>Validates a token.</summary>
    /// <returns>The caller; or the reason why the token is invalid. The reason contains nothing of the token but its times.</returns>
    /// <exception cref="ProblemException">The issuer's keys cannot be fetched, so the token can be neither accepted nor refused.</exception>
    public async Task<(Principal? Caller, string? Invalid)> ValidateAsync(string text, CancellationToken cancel)
    {
        var configuration = await ConfigurationAsync(isRefresh: false, cancel);
        var result = await Handler.ValidateTokenAsync(text, Parameters(configuration));
        // The issuer may have changed its keys.
        if (result.Exception is SecurityTokenInvalidSignatureException
            && await ConfigurationAsync(isRefresh: true, cancel) is var newer && newer != configuration)
            result = await Handler.ValidateTokenAsync(text, Parameters(configuration = newer));
        if (!result.IsValid) return (null, Complaint(result.Exception, configuration));
        var token = (JsonWebToken)result.SecurityToken;
        // RFC 7515 section 4.1.11. The library does not check it.
        if (token.TryGetHeaderValue<object>("crit", out _)) return (null, "the token asks for what is not known here (crit)");
        if (token.Subject is not { Length: > 0 and <= MaxSubjectLength } subject || subject.Any(c => c is < ' ' or > '~'))
            return (null, $"the token says nothing of whose it is, or not in 1 to {MaxSubjectLength} characters of ASCII (sub)");
        return (new(null, $"{configuration.Issuer} {subject}", Scopes(token)), null);
    }

    async Task<OpenIdConnectConfiguration> ConfigurationAsync(bool isRefresh, CancellationToken cancel) => await configurations.ReadAsync(isRefresh, cancel)
        ?? throw new ProblemException(Problems.IssuerUnavailable
            .Because("the issuer of tokens cannot be reached just now, so this one cannot be checked; try again")
            .With("Retry-After", string.Create(CultureInfo.InvariantCulture, $"{OidcConfigurationCache.Pause.TotalSeconds}")));

    TokenValidationParameters Parameters(OpenIdConnectConfiguration configuration) => new()
    {
        ValidIssuer = configuration.Issuer,
        ValidAudience = issuer.Audience,
        IssuerSigningKeys = configuration.SigningKeys,
        ValidAlgorithms = Algorithms,
        // The library's own check reads the machine's clock, which a test cannot move.
        LifetimeValidator = (notBefore, expires, _, _) => expires > Now - Skew && !(notBefore > Now + Skew),
    };

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    string Complaint(Exception refusal, OpenIdConnectConfiguration configuration) => refusal switch
    {
        SecurityTokenInvalidLifetimeException { Expires: null } => "the token does not say until when it is good (exp)",
        SecurityTokenInvalidLifetimeException { Expires: { } expires } when expires <= Now - Skew => $"the token expired at {Instant(expires)}",
        SecurityTokenInvalidLifetimeException { NotBefore: { } notBefore } => $"the token is not good before {Instant(notBefore)}",
        SecurityTokenInvalidIssuerException => $"the token is of another issuer than {configuration.Issuer}",
        SecurityTokenInvalidAudienceException => $"the token is for another audience than {issuer.Audience}",
        SecurityTokenInvalidSignatureException => $"the token is not signed by a key of {configuration.Issuer} with one of {string.Join(", ", Algorithms)}",
        // The library has many exceptions for the many kinds of malformed tokens.
        _ => "the token cannot be read: it is no JWT",
    };

    static string? Instant(DateTime time) => WireValue.Format(new DateTimeOffset(time));

    /// <summary>Reads <c>scope</c> and <c>scp</c>, each a text with spaces or an array. Scopes of other services are ignored.</summary>
    static KeyScope[] Scopes(JsonWebToken token) =>
        [.. token.Claims.Where(c => c.Type is "scope" or "scp").SelectMany(c => c.Value.Split(' ')).Select(Scope).OfType<KeyScope>().Distinct().Order()];

    static KeyScope? Scope(string word)
    {
        var prefix = Prefixes.FirstOrDefault(p => word.StartsWith(p, StringComparison.Ordinal)) ?? "";
        return EnumWords.TryParse<KeyScope>(word[prefix.Length..], out var scope) ? scope : null;
    }
}
