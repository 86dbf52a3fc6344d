using System.Text.Encodings.Web;
using Facts.Api.Changes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Facts.Api.Access;

/// <summary>Registers authentication, authorization and rate limits. <see cref="ApiKeyAuthenticationHandler"/> says how a request is authenticated.</summary>
internal static class AccessExtensions
{
    /// <summary>The paths that show data. Documentation and probes show none, so they need no key and have no rate limit.</summary>
    static readonly PathString DataPath = "/v1";

    /// <summary>True if a request is for data: below <c>/v1</c>, or a page with data.</summary>
    public static bool IsForData(HttpContext http) =>
        http.Request.Path.StartsWithSegments(DataPath) || http.GetEndpoint()?.Metadata.GetMetadata<DataPage>() is not null;

    /// <summary>Marks a page that shows data: it needs the key that reading needs, and counts for the rate limit.</summary>
    public static TBuilder ShowsData<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new DataPage());

    public static IServiceCollection AddFactsAccess(this IServiceCollection services)
    {
        // At Information the base class of the handler would log every invalid key.
        services.AddLogging(log => log.AddFilter(typeof(ApiKeyAuthenticationHandler).FullName, LogLevel.Warning));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<RateLimits>().AddSingleton<ApiKeyCache>().AddScoped<AuditContext>();
        // Only the core: AddAuthentication also adds data protection, which writes keys for cookies into the home directory.
        services.TryAddSingleton(UrlEncoder.Default);
        services.AddTransient<ApiKeyAuthenticationHandler>().AddAuthenticationCore(options =>
        {
            options.DefaultScheme = ApiKeyAuthenticationHandler.SchemeName;
            options.AddScheme<ApiKeyAuthenticationHandler>(ApiKeyAuthenticationHandler.SchemeName, displayName: null);
        });
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ProblemAuthorizationResultHandler>();
        services.AddAuthorization();
        services.AddOptions<AuthorizationOptions>().Configure<IConfiguration>((options, configuration) =>
        {
            foreach (var scope in Enum.GetValues<KeyScope>())
                options.AddPolicy(Policies.For(scope), policy => policy.AddRequirements(new ScopeRequirement(scope)));
            // Holds where an endpoint has no policy, and where a path has no endpoint.
            if (!configuration.GetValue("Access:AnonymousRead", true))
                options.FallbackPolicy = new AuthorizationPolicyBuilder().AddRequirements(new ScopeRequirement(KeyScope.Read) { IsForDataOnly = true }).Build();
        });
        return services;
    }

    /// <summary>Adds the middlewares. They need routing before them, since the policy belongs to the endpoint.</summary>
    public static WebApplication UseFactsAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseMiddleware<AdmissionMiddleware>();
        app.UseAuthorization();
        return app;
    }
}
