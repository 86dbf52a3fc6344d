using Microsoft.Net.Http.Headers;

namespace Facts.Api.Http;

/// <summary>Cross-origin requests: pages of any origin may read, and none may write.</summary>
internal static class Cors
{
    const string Reads = "reads";
    const string Writes = "writes";

    public static IServiceCollection AddFactsCors(this IServiceCollection services) => services.AddCors(cors =>
    {
        cors.AddPolicy(Reads, policy => policy.AllowAnyOrigin()
            .WithMethods(HttpMethods.Get, HttpMethods.Head)
            .WithHeaders(HeaderNames.Accept, HeaderNames.IfNoneMatch, "Last-Event-ID")
            .WithExposedHeaders(HeaderNames.ETag, "Link", HeaderNames.Location, "RateLimit", HeaderNames.RetryAfter)
            .SetPreflightMaxAge(TimeSpan.FromDays(1)));
        // Without an origin the answer has no header of CORS, so a browser refuses it. A policy of methods is not enough: POST passes without one.
        cors.AddPolicy(Writes, policy => { });
    });

    public static IApplicationBuilder UseFactsCors(this IApplicationBuilder app)
    {
        app.Use((http, next) =>
        {
            // A cache may give a page the answer that it stored for a program. So an answer has the headers of CORS also if the request has no Origin.
            if (http.Request.Headers.Origin.Count == 0) http.Request.Headers.Origin = "null";
            if (IsRead(http.Request.Method)) http.Response.OnStarting(() =>
            {
                http.Response.Headers.Vary = "Accept, Accept-Encoding";
                return Task.CompletedTask;
            });
            return next(http);
        });
        app.UseWhen(IsReadOrItsPreflight, reads => reads.UseCors(Reads));
        return app.UseWhen(http => !IsReadOrItsPreflight(http), writes => writes.UseCors(Writes));
    }

    static bool IsReadOrItsPreflight(HttpContext http)
    {
        var wanted = http.Request.Headers.AccessControlRequestMethod.ToString();
        return IsRead(HttpMethods.IsOptions(http.Request.Method) && wanted.Length > 0 ? wanted : http.Request.Method);
    }

    static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
}
