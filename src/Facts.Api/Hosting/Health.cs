using Facts.Api.Http;

namespace Facts.Api.Hosting;

/// <summary>The probes of a load balancer: <c>/livez</c> for the process, <c>/readyz</c> for the database.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/livez", Live).WithTags("health").WithName("getLiveness").WithSummary("Check that the process lives");
        routes.MapGet("/readyz", ReadyAsync).WithTags("health").WithName("getReadiness").WithSummary("Check that requests can be answered");
    }

    static IResult Live() => Results.Ok(new HealthResponse("alive"));

    /// <summary>Answers 200 if the database answers and has all migrations of this build; else 503 with the reason.</summary>
    static async Task<IResult> ReadyAsync(Readiness readiness, CancellationToken cancel) =>
        await readiness.ReasonAsync(cancel) is { } reason ? NotReady(reason) : Results.Ok(new HealthResponse("ready"));

    static Problem NotReady(string reason) => Problems.Unavailable.Because(reason).With("Retry-After", "2");
}
