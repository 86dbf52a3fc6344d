using Facts.Api.Http;

namespace Facts.Api.Access;

/// <summary>The answers to a caller who lacks a scope: 401 <c>key_required</c> without a key, 403 <c>scope_missing</c> with one.</summary>
internal static class ScopeRefusal
{
    /// <summary>Checks a scope that only some requests to an endpoint need, such as <c>edit</c> for <c>create_missing=true</c>.</summary>
    /// <param name="http">The request.</param>
    /// <param name="needed">The scope that it needs.</param>
    /// <param name="what">The part of the request that needs the scope, for the text of the problem.</param>
    /// <returns>The problem; null if the caller has the scope.</returns>
    public static Problem? Check(HttpContext http, KeyScope needed, string what)
    {
        var caller = Principal.From(http.User);
        return caller?.Scopes.Contains(needed) == true ? null : ScopeMissing(needed, what, caller);
    }

    /// <summary>The problem of a caller whom the policy of an endpoint refuses.</summary>
    public static Problem ForEndpoint(HttpContext http, KeyScope needed) =>
        Principal.From(http.User) is { } caller ? ScopeMissing(needed, "this", caller) : KeyRequired(http, needed);

    // A browser cannot send a bearer key by itself. For a page it asks its user for a name, which may be anything, and the key as the password.
    static Problem KeyRequired(HttpContext http, KeyScope needed) => Problems.KeyRequired
        .Because($"send a key with the scope {EnumWords.ToWord(needed)} as 'Authorization: Bearer <key>' or 'X-Api-Key: <key>'")
        .With("WWW-Authenticate", http.GetEndpoint()?.Metadata.GetMetadata<DataPage>() is null
            ? "Bearer realm=\"facts\"" : "Basic realm=\"facts: any name, and a key as the password\", charset=\"UTF-8\"");

    static Problem ScopeMissing(KeyScope needed, string what, Principal? caller)
    {
        var sent = caller?.Subject is null ? "key" : "token";
        var scopes = string.Join(", ", (caller?.Scopes ?? []).Select(EnumWords.ToWord).DefaultIfEmpty("none"));
        return Problems.ScopeMissing.Because($"{what} needs a {sent} with the scope {EnumWords.ToWord(needed)}; this one has {scopes}")
            .With("WWW-Authenticate", $"Bearer realm=\"facts\", error=\"insufficient_scope\", scope=\"{EnumWords.ToWord(needed)}\"");
    }
}
