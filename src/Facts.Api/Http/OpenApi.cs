namespace Facts.Api.Http;

internal static class OpenApi
{
    public static IServiceCollection AddFactsOpenApi(this IServiceCollection services, IConfiguration configuration) => services;
    public static WebApplication UseFactsOpenApi(this WebApplication app) => app;
}
