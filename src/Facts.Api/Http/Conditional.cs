using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Facts.Api.Http;

/// <summary>ETags, and the answers that need no body because of them.</summary>
internal static class Conditional
{
    /// <summary>
    /// The ETag of one resource: its version in quotes, to which <see cref="FinishTag"/> adds the names of history and build.
    /// A compressed answer has it as a weak one, <c>W/"1"</c>, since its bytes differ
    /// (RFC 9110, 8.8.3.3): see <see cref="FinishTag"/>.
    /// </summary>
    public static string ItemTag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>
    /// The ETag of a list, known before its query runs. It is weak, because compressed answers differ in their bytes. The parts are
    /// everything except the store that the answer depends on: path, canonical query, format, the day taken as today.
    /// </summary>
    public static string ListTag(long datasetVersion, params IEnumerable<string> parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
        return string.Create(CultureInfo.InvariantCulture, $"W/\"{datasetVersion}-{Convert.ToHexStringLower(hash.AsSpan(0, 8))}\"");
    }

    /// <summary>The query in a canonical form: names in order, values as given, without the parameters that do not change the answer.</summary>
    public static string CanonicalQuery(HttpRequest request, params IReadOnlyCollection<string> without) => string.Join('&', request.Query
        .Where(p => !without.Contains(p.Key, StringComparer.Ordinal))
        .OrderBy(p => p.Key, StringComparer.Ordinal)
        .Select(p => $"{Uri.EscapeDataString(p.Key)}={string.Join(',', p.Value.Select(v => Uri.EscapeDataString(v ?? "")))}"));

    /// <summary>Sets the ETag. True if the caller has this one already, so that the answer is 304.</summary>
    public static bool IsFresh(HttpContext http, string tag)
    {
        tag = http.Identified(tag);
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "no-cache";
        var sent = http.Request.Headers.IfNoneMatch;
        if (sent.Count == 0 || !EntityTagHeaderValue.TryParseList([.. sent.OfType<string>()], out var tags)) return false;
        var own = EntityTagHeaderValue.Parse(tag);
        return tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(own, useStrongComparison: false));
    }

    /// <summary>
    /// Middleware that puts the names of history and build into an ETag, and makes that of a compressed answer weak. It stands before the compression, which
    /// sets the encoding.
    /// </summary>
    public static Task FinishTag(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            if (headers.ETag.ToString() is [.., '"'] tag) headers.ETag = http.Identified(tag);
            if (headers.ContentEncoding.Count > 0 && headers.ETag.ToString() is ['"', ..] strong) headers.ETag = "W/" + strong;
            return Task.CompletedTask;
        });
        return next(http);
    }

    public static IResult NotModified { get; } = Results.StatusCode(StatusCodes.Status304NotModified);

    /// <summary>One resource as JSON with its ETag, or 304.</summary>
    public static IResult Item(HttpContext http, long version, object body) =>
        IsFresh(http, ItemTag(version)) ? NotModified : Results.Json(body, Json.Options);

    /// <summary>
    /// 304 if the caller sends the ETag of the answer as it is now, else null. Takes one statement, and none where the caller sends no ETag.
    /// To be called before the snapshot of the request begins.
    /// </summary>
    public static async Task<IResult?> StillFreshAsync(HttpContext http, CancellationToken cancel, params IEnumerable<string> parts)
    {
        if (http.Request.Headers.IfNoneMatch.Count == 0) return null;
        var version = await http.RequestServices.GetRequiredService<IStoreReader>().LatestVersionAsync(cancel);
        return Fresh(http, version, parts);
    }

    /// <summary>Sets the ETag of an answer computed from the whole store, such as balances. Gives 304 if the caller has that answer, else null.</summary>
    public static async Task<IResult?> FreshAsync(HttpContext http, CancellationToken cancel, params IEnumerable<string> parts)
    {
        return Fresh(http, await http.RequestServices.GetRequiredService<IStoreReader>().VersionAsync(cancel), parts);
    }

    /// <summary>Sets the ETag of an answer computed from a version of the store. Gives 304 if the caller has that answer, else null.</summary>
    public static IResult? Fresh(HttpContext http, long version, params IEnumerable<string> parts) =>
        IsFresh(http, ListTag(version, [http.Request.Path, CanonicalQuery(http.Request), .. parts])) ? NotModified : null;

    /// <summary>The ETag of a small answer: a hash of its bytes. It is weak, because compressed answers differ in their bytes.</summary>
    public static string BytesTag(ReadOnlySpan<byte> bytes) => $"W/\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"";

    /// <summary>
    /// Answers a list that changes without a change of the data set, for example imports: its ETag is a hash of its bytes, not the version of the
    /// data set. A file of all rows is sent while it is read, so it has no ETag and must not be cached.
    /// </summary>
    public static async Task<IResult> HashedAsync(HttpContext http, Func<Task<IResult>> list)
    {
        var sent = http.Request.Headers.IfNoneMatch;
        http.Request.Headers.IfNoneMatch = default;
        var answer = await list();
        http.Request.Headers.IfNoneMatch = sent;
        if (answer is not ExportResult) return new HashedETagResult(answer);
        http.Response.Headers.ETag = default;
        http.Response.Headers.CacheControl = "no-store";
        return answer;
    }

    /// <summary>Checks If-Match before a resource is changed: 428 without it, 412 if it names another version, null if the change may go on.</summary>
    public static Problem? MayChange(HttpContext http, long version)
    {
        var sent = http.Request.Headers.IfMatch;
        var own = http.Identified(ItemTag(version));
        if (sent.Count == 0)
            return Problems.PreconditionRequired.Because($"say which version you are changing: send If-Match with its ETag, now {own}")
                .With(HeaderNames.ETag, own);
        if (!EntityTagHeaderValue.TryParseList([.. sent.OfType<string>()], out var tags))
            return Problems.BadRequest.Because("If-Match is no list of ETags such as \"3\"");
        // A version names the resource whatever the encoding of the answer that carried it. So a weak tag, W/"1", is as good as "1".
        // A caller that knows the version alone may also say "1".
        return tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Tag == ItemTag(version)
            || t.Compare(EntityTagHeaderValue.Parse(own), useStrongComparison: false))
            ? null
            : Problems.PreconditionFailed.Because($"it has changed since you read it: its ETag is now {own}; read it again").With(HeaderNames.ETag, own);
    }
}
