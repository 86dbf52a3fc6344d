using Facts.Api.Projections;

namespace Facts.Api.Hosting;

/// <summary>The verb <c>verify</c>: compares the stored projections with projections computed from the claims.</summary>
internal static class Verification
{
    const int Shown = 20;

    public static async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var verified = await services.GetRequiredService<Verifier>().VerifyAsync(new Progress("verify").Report, cancel);
        foreach (var difference in verified.Differences.Take(Shown)) Console.Out.WriteLine(difference);
        if (verified.Count > 0)
            throw new StartException($"verify: {verified.Count} difference(s) between the stored results and those computed from the claims");
        Console.Out.WriteLine($"verify: no differences in {verified.Partitions} partitions");
    }
}
