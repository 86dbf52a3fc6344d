using Facts.Api.Database;

namespace Facts.Api.Http;

/// <summary>The names of the store's history and of the build, read once for each request that may need them.</summary>
internal static class StoreCodes
{
    /// <summary>Middleware that reads the names. The paths below <c>/v1</c> and the pages show data; the others do not depend on the store.</summary>
    public static async Task ReadAsync(HttpContext http, RequestDelegate next)
    {
        var showsData = http.Request.Path.StartsWithSegments("/v1") || http.GetEndpoint()?.Metadata.GetMetadata<ProblemPage>() is not null;
        if (showsData && http.RequestServices.GetService<StoreIdentity>() is { } identity)
            http.Items[typeof(StoreIdentity)] = await identity.ReadAsync(http.RequestAborted);
        await next(http);
    }

    extension(HttpContext http)
    {
        /// <summary>The names; null for an answer that does not depend on the store.</summary>
        public StoreIdentity.Codes? Codes => http.Items[typeof(StoreIdentity)] as StoreIdentity.Codes;

        /// <summary>The ETag with the names of history and build at its end: <c>"3"</c> becomes <c>"3-8c3f01ab"</c>.</summary>
        public string Identified(string tag) =>
            http.Codes is not { EpochAndBuild: var code } || tag.EndsWith($"-{code}\"", StringComparison.Ordinal) ? tag : $"{tag[..^1]}-{code}\"";
    }
}
