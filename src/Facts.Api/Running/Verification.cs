namespace Facts.Api.Running;

/// <summary>The verb <c>verify</c>: what is kept of the claims against the claims themselves.</summary>
internal static class Verification
{
    const int Shown = 20;

    public static async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var differences = await services.GetRequiredService<Ledger.Ledger>().VerifyAsync(cancel);
        foreach (var difference in differences.Take(Shown)) Console.Out.WriteLine(difference);
        if (differences.Count > 0) throw new StartException($"verify: {differences.Count} difference(s) between what is kept and what the claims amount to");
        Console.Out.WriteLine("verify: what is kept is what the claims amount to");
    }
}
