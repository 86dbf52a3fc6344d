using System.Globalization;
using Microsoft.AspNetCore.OutputCaching;

namespace Facts.Api.Http;

/// <summary>
/// Keeps answers that are computed from much of the store, for example balances over everything. An answer is kept in memory until the store or the day
/// changes: its key has the version of the store, which takes one statement. The oldest answers are dropped when the space is full.
/// </summary>
/// <remarks>Callers who ask the same question at the same moment do not wait for each other: the first of them may go away.</remarks>
internal sealed class KeptAnswers(Func<HttpRequest, bool> isKept) : IOutputCachePolicy
{
    // Memory for all answers, and for the largest one, in bytes. Most answers have some ten kilobytes. One with a row for each of 1,000 recipients has two
    // megabytes.
    const int Space = 32 << 20, MostOfOne = 4 << 20;

    // An answer that nobody asks for is forgotten, also where the store does not change.
    static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Tells if a request to a list counts rows.</summary>
    public static bool Counts(HttpRequest request) => request.Query.ContainsKey("facet") || request.Query["count"] == "exact";

    public static void Configure(OutputCacheOptions options) => (options.SizeLimit, options.MaximumBodySize) = (Space, MostOfOne);

    public async ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancel)
    {
        var http = context.HttpContext;
        // HEAD is run as GET, but may come without a body.
        if (!HttpMethods.IsGet(http.Request.Method) || HeadMiddleware.IsHead(http) || !isKept(http.Request)) return;
        // A wrong question takes no connection. A page reads its parameters itself.
        if (http.GetEndpoint()?.Metadata.GetMetadata<Operation>() is { } operation && Parameters.ReadOnce(http, operation.Query).Problem is not null) return;
        var version = await http.RequestServices.GetRequiredService<IStoreReader>().LatestVersionAsync(http.RequestAborted);
        var today = http.RequestServices.GetRequiredService<TimeProvider>().Today;
        var key = context.CacheVaryByRules;
        (key.QueryKeys, key.HeaderNames) = ("*", Microsoft.Net.Http.Headers.HeaderNames.Accept);
        key.VaryByValues["history"] = http.Codes?.Epoch ?? "";
        key.VaryByValues["version"] = version.ToString(CultureInfo.InvariantCulture);
        key.VaryByValues["today"] = today.ToString("O", CultureInfo.InvariantCulture);
        context.ResponseExpirationTimeSpan = Longest;
        context.EnableOutputCaching = context.AllowCacheLookup = context.AllowCacheStorage = true;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancel) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancel)
    {
        if (context.HttpContext.Response.StatusCode != StatusCodes.Status200OK) context.AllowCacheStorage = false;
        return ValueTask.CompletedTask;
    }
}
