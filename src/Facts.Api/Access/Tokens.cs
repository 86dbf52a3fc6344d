using System.Globalization;
using Facts.Api.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Facts.Api.Access;

/// <summary>Tokens (JWT) of an OpenID provider, which are taken in place of keys where the service is set to one.</summary>
internal sealed class Tokens(TokenIssuer issuer, OidcConfigurationCache keys, TimeProvider clock)
{
    /// <summary>As long as OpenID Connect lets a subject be; it is ASCII there too.</summary>
    const int LongestSubject = 255;

    /// <summary>What the issuer's clock and this one may differ by.</summary>
    static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    // No HS256: its secret would be what the issuer publishes.
    static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>How our scopes may begin, where an issuer has one list of them for several services.</summary>
    static readonly string[] Prefixes = ["facts:", "facts."];

    static readonly JsonWebTokenHandler Handler = new();

    /// <summary>Whether a text has the form of a token: three parts. A key made here has one.</summary>
    public static bool IsOne(string text) => text.Count(c => c == '.') == 2;

    /// <summary>What the token is good for; or why it is not taken, in words that hold nothing of it but its times.</summary>
    /// <exception cref="ProblemException">The issuer's keys cannot be had, so nothing can be said of the token.</exception>
    public async Task<(Principal? Key, string? Bad)> ReadAsync(string text, CancellationToken cancel)
    {
        var from = await FromAsync(isAnew: false, cancel);
        var result = await Handler.ValidateTokenAsync(text, Expected(from));
        // The issuer may have new keys.
        if (result.Exception is SecurityTokenInvalidSignatureException && await FromAsync(isAnew: true, cancel) is var now && now != from)
            result = await Handler.ValidateTokenAsync(text, Expected(from = now));
        if (!result.IsValid) return (null, Complaint(result.Exception, from));
        var token = (JsonWebToken)result.SecurityToken;
        // RFC 7515 §4.1.11; the library does not look.
        if (token.TryGetHeaderValue<object>("crit", out _)) return (null, "the token asks for what is not known here (crit)");
        if (token.Subject is not { Length: > 0 and <= LongestSubject } subject || subject.Any(c => c is < ' ' or > '~'))
            return (null, $"the token says nothing of whose it is, or not in 1 to {LongestSubject} characters of ASCII (sub)");
        return (new(null, Scopes(token), false, null) { Subject = $"{from.Issuer} {subject}" }, null);
    }

    async Task<OpenIdConnectConfiguration> FromAsync(bool isAnew, CancellationToken cancel) => await keys.ReadAsync(isAnew, cancel)
        ?? throw new ProblemException(Problems.IssuerUnavailable.Because("the issuer of tokens cannot be reached just now, so this one cannot be checked; try again")
            .With("Retry-After", string.Create(CultureInfo.InvariantCulture, $"{OidcConfigurationCache.Pause.TotalSeconds}")));

    TokenValidationParameters Expected(OpenIdConnectConfiguration from) => new()
    {
        ValidIssuer = from.Issuer,
        ValidAudience = issuer.Audience,
        IssuerSigningKeys = from.SigningKeys,
        ValidAlgorithms = Algorithms,
        // The library's own goes by the machine's clock.
        LifetimeValidator = (notBefore, expires, _, _) => expires > Now - Skew && !(notBefore > Now + Skew),
    };

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    string Complaint(Exception refusal, OpenIdConnectConfiguration from) => refusal switch
    {
        SecurityTokenInvalidLifetimeException { Expires: null } => "the token does not say until when it is good (exp)",
        SecurityTokenInvalidLifetimeException { Expires: { } expires } when expires <= Now - Skew => $"the token expired at {Instant(expires)}",
        SecurityTokenInvalidLifetimeException { NotBefore: { } notBefore } => $"the token is not good before {Instant(notBefore)}",
        SecurityTokenInvalidIssuerException => $"the token is of another issuer than {from.Issuer}",
        SecurityTokenInvalidAudienceException => $"the token is for another audience than {issuer.Audience}",
        SecurityTokenInvalidSignatureException => $"the token is not signed by a key of {from.Issuer} with one of {string.Join(", ", Algorithms)}",
        // Many exceptions, for as many ways to be malformed.
        _ => "the token cannot be read: it is no JWT",
    };

    static string? Instant(DateTime time) => WireValue.Format(new DateTimeOffset(time));

    /// <summary>In either claim, as a text with spaces or as an array; what is none of ours is for others.</summary>
    static KeyScope[] Scopes(JsonWebToken token) =>
        [.. token.Claims.Where(c => c.Type is "scope" or "scp").SelectMany(c => c.Value.Split(' ')).Select(Scope).OfType<KeyScope>().Distinct().Order()];

    static KeyScope? Scope(string word)
    {
        var prefix = Prefixes.FirstOrDefault(p => word.StartsWith(p, StringComparison.Ordinal)) ?? "";
        return EnumWords.TryParse<KeyScope>(word[prefix.Length..], out var scope) ? scope : null;
    }
}
