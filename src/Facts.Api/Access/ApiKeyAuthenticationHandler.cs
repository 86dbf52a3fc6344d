using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Facts.Api.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Facts.Api.Access;

/// <summary>
/// Authenticates a request by its key or token. This is how a request is authenticated:
/// <para>1. <see cref="SentCredential"/> reads <c>Authorization: Bearer</c> and <c>X-Api-Key</c>; a key in the URL and two different keys are 400.</para>
/// <para>2. This handler compares the first admin key, validates a token by <see cref="JwtValidator"/>, and looks any other key up in <see
/// cref="ApiKeyCache"/>.</para>
/// <para>3. A valid one becomes the claims of <see cref="HttpContext.User"/>; <see cref="Principal"/> is their parsed form.</para>
/// <para>4. <see cref="AdmissionMiddleware"/> answers an invalid one with 401, also where reading is public, and counts all others against <see
/// cref="RateLimits"/>.</para>
/// <para>5. The policy of the endpoint checks the scope, and <see cref="ProblemAuthorizationResultHandler"/> answers 401 without a key or 403 without the
/// scope.</para>
/// </summary>
internal sealed class ApiKeyAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, ApiKeyCache keys, RateLimits limits, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "Bearer";

    const string Key = "ApiKey";
    const string Token = "Jwt";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var (text, problem) = SentCredential.Read(Request);
        if (problem is not null) return AuthenticateResult.Fail(new ProblemException(problem));
        if (text is null) return AuthenticateResult.NoResult();

        var sha256 = ApiKeyFormat.Sha256(text);
        if (Context.RequestServices.GetService<AdminKey>() is { } admin && CryptographicOperations.FixedTimeEquals(sha256, admin.Sha256))
            return Success(new(null, null, Enum.GetValues<KeyScope>()), Key);
        if (JwtValidator.HasForm(text) && Context.RequestServices.GetService<JwtValidator>() is { } tokens)
        {
            var (owner, invalid) = await tokens.ValidateAsync(text, Context.RequestAborted);
            return owner is null ? Invalid(invalid!) : Success(owner, Token);
        }

        // Only a text with a right checksum costs a look into the store.
        var key = ApiKeyFormat.IsWellFormed(text) ? await keys.FindAsync(sha256, Context.RequestAborted) : null;
        return Complaint(text, key) is { } complaint ? Invalid(complaint) : Success(key!.ToPrincipal(), Key);
    }

    string? Complaint(string text, ApiKey? key) => key switch
    {
        null when text.StartsWith(ApiKeyFormat.Prefix, StringComparison.Ordinal) && !ApiKeyFormat.IsWellFormed(text) =>
            "the key was mistyped or cut: its checksum does not fit",
        null => "the key is not valid; without one, what is public can be read",
        { IsRevoked: true } => "the key was revoked",
        { ExpiresOn: { } last } when last < clock.Today => $"the key expired after {WireValue.Format(last)}",
        _ => null,
    };

    static AuthenticateResult Success(Principal caller, string type) => AuthenticateResult.Success(new(caller.ToClaims(type), SchemeName));

    /// <summary>401 <c>bad_key</c>; 429 if the address has sent too many invalid keys.</summary>
    AuthenticateResult Invalid(string complaint) => AuthenticateResult.Fail(new ProblemException(limits.RefuseBadKey(Context)
        ?? Problems.BadKey.Because(complaint).With("WWW-Authenticate", "Bearer realm=\"facts\", error=\"invalid_token\"")));
}
