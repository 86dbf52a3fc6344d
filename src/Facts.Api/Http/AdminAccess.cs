using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Facts.Api.Http;

/// <summary>SHA-256 of the one admin key. The key itself is nowhere.</summary>
internal sealed record AdminKey(byte[] Sha256)
{
    public static AdminKey Of(string key) => new(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}

/// <summary>Marks an endpoint that only a holder of the key may call.</summary>
internal sealed record WriteKeyRequired;

/// <summary>Who may read and write: see CONVENTIONS §7. After routing, before the endpoint.</summary>
internal sealed partial class AdminAccess(RequestDelegate next, IConfiguration configuration)
{
    static readonly object Held = new();

    // Not "key": facts have keys of their own to be asked for by. One of the service's is known by its form.
    static readonly string[] UrlNames = ["api_key", "apikey", "api-key", "x-api-key", "access_token", "token", "authorization"];

    // Documentation, probes and the dashboard say nothing of the data.
    static readonly PathString Guarded = "/v1";

    readonly bool _anonymousRead = configuration.GetValue("Access:AnonymousRead", true);

    public async Task InvokeAsync(HttpContext http, AdminKey? admin = null)
    {
        var problem = Check(http, admin);
        if (problem is null) await next(http);
        else await problem.ExecuteAsync(http);
    }

    /// <summary>Whether the request holds a valid key.</summary>
    public static bool HasKey(HttpContext http) => http.Items.ContainsKey(Held);

    /// <summary>The key that was sent, to tell callers apart; empty where none was.</summary>
    public static string Credential(HttpRequest request) => SentKeys(request) is [var key, ..] ? key : "";

    Problem? Check(HttpContext http, AdminKey? admin)
    {
        if (http.Request.Query.Any(p => IsKey(p.Key, p.Value)))
            return Problems.KeyInUrl.Because(
                "a key does not belong into a URL, which is logged and shared: send it as 'Authorization: Bearer <key>', and revoke this one");
        var keys = SentKeys(http.Request);
        if (keys.Distinct(StringComparer.Ordinal).Count() > 1)
            return Problems.TwoKeys.Because("Authorization and X-Api-Key hold different keys; send one");
        if (keys is [var key, ..])
        {
            if (admin is null || !Equal(key, admin))
                return Problems.BadKey.Because("the key is not valid; without one, what is public can be read").With("WWW-Authenticate", "Bearer realm=\"facts\", error=\"invalid_token\"");
            http.Items[Held] = true;
            return null;
        }
        var writes = http.GetEndpoint()?.Metadata.GetMetadata<WriteKeyRequired>() is not null;
        var reads = !_anonymousRead && http.Request.Path.StartsWithSegments(Guarded);
        return writes || reads
            ? Problems.KeyRequired.Because("send a key as 'Authorization: Bearer <key>' or 'X-Api-Key: <key>'").With("WWW-Authenticate", "Bearer realm=\"facts\"")
            : null;
    }

    /// <summary>All that were sent; one of another scheme, or an empty one, is a bad key and not none.</summary>
    static List<string> SentKeys(HttpRequest request) =>
    [
        .. request.Headers.Authorization.Select(v => Bearer().Match(v ?? "") is { Success: true } match ? match.Groups[1].Value : ""),
        .. request.Headers["X-Api-Key"].Select(v => v?.Trim() ?? ""),
    ];

    static bool Equal(string key, AdminKey admin) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(key)), admin.Sha256);

    static bool IsKey(string name, IReadOnlyList<string?> values) =>
        UrlNames.Contains(name, StringComparer.OrdinalIgnoreCase) || values.Any(v => v is not null && FactsKey().IsMatch(v));

    [GeneratedRegex("^Bearer +([^ ]+) *$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bearer();

    [GeneratedRegex("^fct_[A-Za-z0-9_-]{16,}$", RegexOptions.CultureInvariant)]
    private static partial Regex FactsKey();
}

internal static class AdminAccessExtensions
{
    /// <summary>401 without the key.</summary>
    public static TBuilder RequireWriteKey<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new WriteKeyRequired());
}
