using System.Diagnostics;

namespace Facts.Benchmarks;

/// <summary>How long the published service takes from its start to its first answer, with the embedded PostgreSQL, and its memory at rest.</summary>
internal static class Start
{
    const int Port = 5099;

    static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(Store store, int _)
    {
        var project = Path.Combine(AppContext.BaseDirectory.Split(Path.Combine("tests", "Facts.Benchmarks"))[0], "src", "Facts.Api");
        var published = store.PathOf("published");
        using (var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", project, "-c", "Release", "--use-current-runtime", "-o", published])
        { RedirectStandardOutput = true })!)
        {
            await publish.StandardOutput.ReadToEndAsync();
            await publish.WaitForExitAsync();
            if (publish.ExitCode != 0) throw new InvalidOperationException("dotnet publish failed");
        }
        foreach (var start in new[] { "first start, with an empty directory", "second start", "third start" })
            Console.WriteLine($"  {start,-36} {await OnceAsync(published, store.PathOf("started"))}");
    }

    static async Task<string> OnceAsync(string published, string data)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(published, "Facts.Api.dll"), "--urls", $"http://localhost:{Port}"])
        {
            WorkingDirectory = published,
            RedirectStandardOutput = true,
        };
        start.Environment["Facts__DataDirectory"] = data;
        var clock = Stopwatch.StartNew();
        using var service = Process.Start(start)!;
        service.OutputDataReceived += (_, _) => { };
        service.BeginOutputReadLine();
        using var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{Port}") };
        while (!await IsReadyAsync(http))
        {
            if (service.HasExited) throw new InvalidOperationException("the service does not start");
            await Task.Delay(20);
        }
        var ready = clock.Elapsed;
        await Task.Delay(Rest);
        var memory = Store.StatusOf(service.Id, "VmRSS");
        using (Process.Start("kill", ["-TERM", service.Id.ToString()])) await service.WaitForExitAsync();
        return $"{ready.TotalSeconds,6:0.0} s {memory / 1e6,6:0} MB after {Rest.TotalSeconds:0} s at rest";
    }

    static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("/readyz");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
