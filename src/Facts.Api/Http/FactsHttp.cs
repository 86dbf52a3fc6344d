using System.IO.Compression;
using Facts.Api.Access;
using Facts.Api.Changes;
using Microsoft.AspNetCore.ResponseCompression;

namespace Facts.Api.Http;

/// <summary>All of this folder, for Program.cs: before the rooms are added, and before they are mapped.</summary>
internal static class FactsHttp
{
    public static IServiceCollection AddFactsHttp(this IServiceCollection services)
    {
        // At Information the host writes down every URL, and somebody will put a key into one.
        services.AddLogging(log => log.AddFilter("Microsoft.AspNetCore", LogLevel.Warning));
        services.AddBareErrors();
        services.AddSingleton<RateLimits>().AddScoped<AuditContext>();
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
        return services.AddFactsOpenApi();
    }

    public static WebApplication UseFactsHttp(this WebApplication app)
    {
        app.Use(Plumbing.Cors);
        app.Use(Plumbing.HeadAsGet);
        app.UseResponseCompression();
        app.UseExceptionHandler();
        app.UseStatusCodePages(c => Plumbing.BareError(c.HttpContext));
        app.Use(Plumbing.Methods);
        app.UseFactsOpenApi();
        app.UseRouting();
        app.UseMiddleware<KeyAccess>();
        return app;
    }
}
