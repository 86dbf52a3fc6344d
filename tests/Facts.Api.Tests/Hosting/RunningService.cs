using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Facts.Api.Tests.Hosting;

/// <summary>The service as a process of its own, on a free port.</summary>
sealed class RunningService : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public RunningService(IEnumerable<KeyValuePair<string, string>> settings, string[] arguments)
    {
        var port = FreePort();
        Address = $"http://localhost:{port}";
        string[] address = arguments.Length == 0 ? ["--urls", Address] : [];
        // Tests that run in a shell's background ignore SIGINT, and their child processes would too.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        var start = new ProcessStartInfo(command[0], [.. command[1..], Path.Combine(AppContext.BaseDirectory, "Facts.Api.dll"), .. arguments, .. address])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        Process = Process.Start(start)!;
        (Output, Error) = (Process.StandardOutput.ReadToEndAsync(), Process.StandardError.ReadToEndAsync());
    }

    public Process Process { get; }
    public string Address { get; }

    /// <summary>All that it says until it ends.</summary>
    public Task<string> Output { get; }

    public Task<string> Error { get; }

    /// <summary>Waits until it is ready.</summary>
    public async Task AnswersAsync()
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds; ; await Task.Delay(50))
        {
            if (Process.HasExited)
                Assert.Fail($"the service ended: {await Error}");
            Assert.True(Environment.TickCount64 < until, "the service does not become ready");
            try
            {
                if ((await client.GetAsync(Address + "/readyz")).IsSuccessStatusCode)
                    return;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
            {
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
            Process.Kill();
        await Process.WaitForExitAsync();
        Process.Dispose();
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
