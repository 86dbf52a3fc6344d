using System.Text;
using System.Text.RegularExpressions;
using Facts.Api.Http;

namespace Facts.Api.Access;

/// <summary>Reads the key or token that a request carries, without checking that it is valid.</summary>
internal static partial class SentCredential
{
    // "key" is not here: lists of facts have a parameter "key". A key of this service is recognised by its form instead.
    static readonly string[] UrlNames = ["api_key", "apikey", "api-key", "x-api-key", "access_token", "token", "authorization"];

    /// <summary>The text of the key or token; null for an anonymous request. The problem if it is in the URL, or if two different ones were sent.</summary>
    public static (string? Text, Problem? Problem) Read(HttpRequest request)
    {
        if (SecretText.HasKey(request.Path) || request.Query.Any(p => IsCredential(p.Key, p.Value)))
            return (null, Problems.KeyInUrl.Because(
                "a key does not belong into a URL, which is logged and shared: send it as 'Authorization: Bearer <key>', and revoke this one"));
        var texts = Texts(request);
        if (texts.Distinct(StringComparer.Ordinal).Count() > 1)
            return (null, Problems.TwoKeys.Because("Authorization and X-Api-Key hold different keys; send one"));
        return (texts.FirstOrDefault(), null);
    }

    /// <summary>A name that tells callers apart: the subject of a token, else the text of a key, else empty.</summary>
    public static string Caller(HttpContext http) => Principal.From(http.User)?.Subject ?? Texts(http.Request).FirstOrDefault() ?? "";

    /// <summary>
    /// All that were sent. An empty header, or one of another scheme, is an invalid key and not an anonymous request. Reads also take the scheme
    /// Basic with the key as the password: a browser sends nothing else. A browser sends it by itself, also for forms of other sites, so writes do not.
    /// </summary>
    static List<string> Texts(HttpRequest request) =>
    [
        .. request.Headers.Authorization.Select(v => Bearer().Match(v ?? "") is { Success: true } match ? match.Groups[1].Value
            : HttpMethods.IsGet(request.Method) && Basic().Match(v ?? "") is { Success: true } basic ? Password(basic.Groups[1].Value) : ""),
        .. request.Headers["X-Api-Key"].Select(v => v?.Trim() ?? ""),
    ];

    static string Password(string encoded)
    {
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password]
            ? password : "";
    }

    static bool IsCredential(string name, IReadOnlyList<string?> values) =>
        UrlNames.Contains(name, StringComparer.OrdinalIgnoreCase) || values.Any(SecretText.HasKey);

    [GeneratedRegex("^Bearer +([^ ]+) *$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bearer();

    [GeneratedRegex("^Basic +([A-Za-z0-9+/=]+) *$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Basic();
}
