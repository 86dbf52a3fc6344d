using Facts.Api.Access;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Hosting;

/// <summary>The verb <c>verify</c> over HTTP.</summary>
internal static class VerificationEndpoints
{
    public static void MapVerification(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/verification", VerifyAsync)
            .Requires(KeyScope.Contribute)
            .WithOperation(new("verifyStore", "verification", "Compare the stored results with the claims")
            {
                Description = "Computes all facts, links and totals from the claims, in one snapshot, and compares them with the stored ones. "
                + "There must never be a difference. It reads every claim, which takes minutes for a large store.",
                Answer = typeof(VerificationResponse),
            }).ValidatesParameters().DisableRequestTimeout();

    static async Task<IResult> VerifyAsync(
        HttpContext http, FactsContext database, Verifier verifier, UseLimits limits, TimeProvider clock, CancellationToken cancel)
    {
        using var use = await limits.BeginAsync(LongUse.Export, cancel);
        // Without a limit for a statement: on a large store beside a load, one takes minutes.
        await using var snapshot = await Snapshot.BeginAsync(database, cancel);
        var started = clock.GetUtcNow();
        var version = await StoreVersion.ReadAsync(database, cancel);
        var verified = await verifier.VerifyAsync(null, cancel);
        // A difference can appear without a new version of the store, so the ETag contains the differences. It does not contain the times.
        if (Conditional.IsFresh(http, Conditional.ListTag(version, [verified.Count.ToString(), .. verified.Differences]))) return Conditional.NotModified;
        return Results.Json(new VerificationResponse(verified.Differences, verified.Count, version, started, clock.GetUtcNow()), Json.Options);
    }
}
