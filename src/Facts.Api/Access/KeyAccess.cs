using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Facts.Api.Changes;
using Facts.Api.Http;

namespace Facts.Api.Access;

/// <summary>Who may read and write: see CONVENTIONS §7. After routing, before the endpoint.</summary>
internal sealed partial class KeyAccess(RequestDelegate next, IConfiguration configuration, RateLimits limits)
{
    static readonly object Held = new();

    // Not "key": facts have keys of their own to be asked for by. One of the service's is known by its form.
    static readonly string[] UrlNames = ["api_key", "apikey", "api-key", "x-api-key", "access_token", "token", "authorization"];

    // Documentation, probes and the dashboard say nothing of the data.
    static readonly PathString Guarded = "/v1";

    readonly bool _anonymousRead = configuration.GetValue("Access:AnonymousRead", true);

    public async Task InvokeAsync(HttpContext http, AuditContext author)
    {
        var (key, problem) = await FindAsync(http);
        if (problem is null && http.Request.Path.StartsWithSegments(Guarded)) problem = limits.Refuse(http, key);
        if ((problem ?? Check(http, key)) is { } refused)
        {
            await refused.ExecuteAsync(http);
            return;
        }
        http.Items[Held] = key;
        author.Is(key?.Id, key?.Subject, Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier, http.Request.Method, http.Request.Path);
        await next(http);
    }

    /// <summary>Tells callers apart: the key that was sent, or whose token; empty where neither was.</summary>
    public static string Caller(HttpContext http) => (http.Items[Held] as Principal)?.Subject ?? (SentKeys(http.Request) is [var key, ..] ? key : "");

    /// <summary>For what only some of an endpoint's callers may ask for: why this one may not; null where it may.</summary>
    public static Problem? Refuse(HttpContext http, KeyScope needed, string what)
    {
        var key = http.Items[Held] as Principal;
        return key?.Scopes.Contains(needed) == true ? null : Missing(needed, what, key);
    }

    /// <summary>The key or token of the request, if one was sent; or why it is not taken.</summary>
    async Task<(Principal? Key, Problem? Problem)> FindAsync(HttpContext http)
    {
        if (http.Request.Query.Any(p => IsKey(p.Key, p.Value)))
            return (null, Problems.KeyInUrl.Because(
                "a key does not belong into a URL, which is logged and shared: send it as 'Authorization: Bearer <key>', and revoke this one"));
        var keys = SentKeys(http.Request);
        if (keys.Distinct(StringComparer.Ordinal).Count() > 1)
            return (null, Problems.TwoKeys.Because("Authorization and X-Api-Key hold different keys; send one"));
        if (keys is not [var text, ..]) return (null, null);
        var services = http.RequestServices;
        var sha256 = ApiKeyFormat.Sha256(text);
        if (services.GetService<AdminKey>() is { } admin && CryptographicOperations.FixedTimeEquals(sha256, admin.Sha256))
            return (new(null, Enum.GetValues<KeyScope>(), false, null), null);
        var (key, bad) = Tokens.IsOne(text) && services.GetService<Tokens>() is { } tokens
            ? await tokens.ReadAsync(text, http.RequestAborted)
            : await StoredAsync(services, text, sha256, http.RequestAborted);
        return bad is null ? (key, null)
            : (null, limits.RefuseBadKey(http) ?? Problems.BadKey.Because(bad).With("WWW-Authenticate", "Bearer realm=\"facts\", error=\"invalid_token\""));
    }

    static async Task<(Principal? Key, string? Bad)> StoredAsync(IServiceProvider services, string text, byte[] sha256, CancellationToken cancel)
    {
        // The store is only asked for what may be a key.
        var key = ApiKeyFormat.IsWellFormed(text) && services.GetService<StoredKeys>() is { } stored ? await stored.FindAsync(sha256, cancel) : null;
        var today = (services.GetService<TimeProvider>() ?? TimeProvider.System).Today;
        return (key, key switch
        {
            null when text.StartsWith(ApiKeyFormat.Prefix, StringComparison.Ordinal) && !ApiKeyFormat.IsWellFormed(text) => "the key was mistyped or cut: its checksum does not fit",
            null => "the key is not valid; without one, what is public can be read",
            { IsRevoked: true } => "the key was revoked",
            { ExpiresOn: { } last } when last < today => $"the key expired after {WireValue.Format(last)}",
            _ => null,
        });
    }

    Problem? Check(HttpContext http, Principal? key)
    {
        var needed = http.GetEndpoint()?.Metadata.GetMetadata<ScopeRequired>()?.Scope
            ?? (!_anonymousRead && http.Request.Path.StartsWithSegments(Guarded) ? KeyScope.Read : null);
        if (needed is not { } scope || key?.Scopes.Contains(scope) == true) return null;
        return key is null
            ? Problems.KeyRequired.Because($"send a key with the scope {EnumWords.ToWord(scope)} as 'Authorization: Bearer <key>' or 'X-Api-Key: <key>'").With("WWW-Authenticate", "Bearer realm=\"facts\"")
            : Missing(scope, "this", key);
    }

    static Problem Missing(KeyScope needed, string what, Principal? key) => Problems.ScopeMissing
        .Because($"{what} needs a {(key?.Subject is null ? "key" : "token")} with the scope {EnumWords.ToWord(needed)}; this one has {string.Join(", ", (key?.Scopes ?? []).Select(EnumWords.ToWord).DefaultIfEmpty("none"))}")
        .With("WWW-Authenticate", $"Bearer realm=\"facts\", error=\"insufficient_scope\", scope=\"{EnumWords.ToWord(needed)}\"");

    /// <summary>All that were sent; one of another scheme, or an empty one, is a bad key and not none.</summary>
    static List<string> SentKeys(HttpRequest request) =>
    [
        .. request.Headers.Authorization.Select(v => Bearer().Match(v ?? "") is { Success: true } match ? match.Groups[1].Value : ""),
        .. request.Headers["X-Api-Key"].Select(v => v?.Trim() ?? ""),
    ];

    static bool IsKey(string name, IReadOnlyList<string?> values) =>
        UrlNames.Contains(name, StringComparer.OrdinalIgnoreCase) || values.Any(v => v is not null && FactsKey().IsMatch(v));

    [GeneratedRegex("^Bearer +([^ ]+) *$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bearer();

    [GeneratedRegex("^fct_[A-Za-z0-9_-]{16,}$", RegexOptions.CultureInvariant)]
    private static partial Regex FactsKey();
}
