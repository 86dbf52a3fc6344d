using System.Globalization;
using System.Security.Claims;
using UserClaim = System.Security.Claims.Claim;

namespace Facts.Api.Access;

/// <summary>An authenticated caller: a key or a token, and its scopes. The claims of <see cref="HttpContext.User"/> hold this data too.</summary>
/// <param name="KeyId">Number of the key; null for the first admin key and for a token.</param>
/// <param name="Subject">Owner of the token: its issuer, a space, its subject. All tokens of one owner have one subject. Null for a key.</param>
/// <param name="Scopes">The scopes of the key or token. No scope includes another one.</param>
internal sealed record Principal(long? KeyId, string? Subject, IReadOnlyCollection<KeyScope> Scopes)
{
    const string KeyIdClaim = "key_id";
    const string SubjectClaim = "sub";
    const string ScopeClaim = "scope";

    /// <summary>The caller as claims: <c>key_id</c>, <c>sub</c>, and one <c>scope</c> for each scope.</summary>
    public ClaimsPrincipal ToClaims(string authenticationType)
    {
        List<UserClaim> claims = [.. Scopes.Select(scope => new UserClaim(ScopeClaim, Policies.For(scope)))];
        if (KeyId is { } id) claims.Add(new(KeyIdClaim, $"{id}", ClaimValueTypes.Integer64));
        if (Subject is { } subject) claims.Add(new(SubjectClaim, subject));
        return new(new ClaimsIdentity(claims, authenticationType, SubjectClaim, ScopeClaim));
    }

    /// <summary>The caller that some claims describe; null for an anonymous caller.</summary>
    public static Principal? From(ClaimsPrincipal user) => user.Identity?.IsAuthenticated != true ? null : new(
        user.FindFirst(KeyIdClaim) is { } id ? long.Parse(id.Value, CultureInfo.InvariantCulture) : null,
        user.FindFirst(SubjectClaim)?.Value,
        [.. user.FindAll(ScopeClaim).Select(claim => Policies.ScopeOf(claim.Value))]);
}
