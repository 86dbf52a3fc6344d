using Facts.Api.Projections;

namespace Facts.Api.Hosting;

/// <summary>The verb <c>verify</c>: what is kept of the claims against the claims themselves.</summary>
internal static class Verification
{
    const int Shown = 20;

    public static async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var verified = await services.GetRequiredService<Verifier>().VerifyAsync(cancel);
        foreach (var difference in verified.Differences.Take(Shown)) Console.Out.WriteLine(difference);
        if (verified.Count > 0) throw new StartException($"verify: {verified.Count} difference(s) between what is kept and what the claims amount to");
        Console.Out.WriteLine($"verify: what is kept of {verified.Partitions} partitions is what the claims amount to");
    }
}
