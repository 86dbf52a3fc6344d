using System.Diagnostics;

namespace Facts.Benchmarks;

/// <summary>Measures durations, in milliseconds.</summary>
internal static class Timing
{
    public static async Task<double> OfAsync(Func<Task> act)
    {
        var clock = Stopwatch.StartNew();
        await act();
        return clock.Elapsed.TotalMilliseconds;
    }

    /// <summary>The medians of several acts. The acts alternate, so that other work of the machine slows each of them equally.</summary>
    /// <param name="times">Number of rounds that are counted. Some rounds before them are not.</param>
    public static async Task<double[]> MediansAsync(int times, params Func<int, Task>[] acts)
    {
        const int WarmUp = 10;
        var taken = acts.Select(_ => new List<double>()).ToArray();
        for (var round = -WarmUp; round < times; round++)
            for (var act = 0; act < acts.Length; act++)
            {
                var took = await OfAsync(() => acts[act](round + WarmUp));
                if (round >= 0) taken[act].Add(took);
            }
        return [.. taken.Select(Median)];
    }

    public static double Median(IReadOnlyCollection<double> times) => times.Order().ElementAt(times.Count / 2);
}
