using System.IO.Compression;
using Facts.Api.Database;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.ResponseCompression;

namespace Facts.Api.Http;

/// <summary>Registers the services and middlewares of this room, up to and including routing.</summary>
internal static class FactsHttp
{
    public static IServiceCollection AddFactsHttp(this IServiceCollection services)
    {
        // At Information the host logs every URL, and one day a URL contains a key.
        services.AddLogging(log => log.AddFilter("Microsoft.AspNetCore", LogLevel.Warning));
        services.AddFactsCors();
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(o => Json.Configure(o.SerializerOptions));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
            o.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "application/x-ndjson", "text/csv", "image/svg+xml"];
        });
        // The best compression costs more time than the network saves.
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.AddOutputCache(KeptAnswers.Configure);
        services.AddRequestTimeouts();
        return services.AddFactsOpenApi();
    }

    /// <summary>Adds the middlewares. Those that answer errors come first, so that they see every error of a later one.</summary>
    public static WebApplication UseFactsHttp(this WebApplication app)
    {
        app.Use(SecurityHeaders);
        app.UseFactsCors();
        if (app.Services.GetService<Heartbeat>() is not null) app.UseMiddleware<SilenceMiddleware>();
        app.UseMiddleware<HeadMiddleware>();
        app.Use(Conditional.FinishTag);
        app.UseResponseCompression();
        app.UseExceptionHandler();
        app.UseStatusCodePages(c => StatusProblem.WriteAsync(c.HttpContext));
        app.UseMiddleware<MethodMiddleware>();
        app.UseFactsOpenApi();
        app.UseRouting();
        app.UseRequestTimeouts();
        app.Use(StoreCodes.ReadAsync);
        app.Use(OnlyQuestionsTimeOut);
        return app;
    }

    // Swagger UI sets styles of elements, and shows images of its own as data.
    const string SwaggerPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>No answer is to be taken for another type than it says. The page that remembers a key is shown in no frame.</summary>
    static Task SecurityHeaders(HttpContext http, RequestDelegate next)
    {
        // Set when the answer starts, because the exception handler clears all headers.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers.XContentTypeOptions = "nosniff";
            if (http.Request.Path.StartsWithSegments("/swagger")) http.Response.Headers.ContentSecurityPolicy = SwaggerPolicy;
            return Task.CompletedTask;
        });
        return next(http);
    }

    /// <summary>A write has limits of its own: that of a body that comes slowly, and that of a lock.</summary>
    static Task OnlyQuestionsTimeOut(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
            http.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        return next(http);
    }
}
