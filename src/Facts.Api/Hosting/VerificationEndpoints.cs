using Facts.Api.Access;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Hosting;

/// <summary>What the verb <c>verify</c> does, for those who reach the service by HTTP alone.</summary>
internal static class VerificationEndpoints
{
    public static void MapVerification(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/verification", VerifyAsync).Requires(KeyScope.Contribute).WithOperation(new("verifyStore", "verification", "Compare what is kept with the claims")
        {
            Description = "Computes everything from the claims, in one snapshot, and compares it with the facts, links and totals that are kept. There must never be a difference. It reads every claim: minutes, for a large store.",
            Answer = typeof(VerificationResponse),
        }).ValidatesParameters().ReadsSnapshot();

    static async Task<IResult> VerifyAsync(HttpContext http, FactsContext database, Verifier verifier, TimeProvider clock, CancellationToken cancel)
    {
        var started = clock.GetUtcNow();
        var version = await StoreVersion.ReadAsync(database, cancel);
        var verified = await verifier.VerifyAsync(cancel);
        // It looks for what a version does not tell: the tag is of what was found, without the times.
        if (Conditional.IsFresh(http, Conditional.ListTag(version, [verified.Count.ToString(), .. verified.Differences]))) return Conditional.NotModified;
        return Results.Json(new VerificationResponse(verified.Differences, verified.Count, version, started, clock.GetUtcNow()), Json.Options);
    }
}
