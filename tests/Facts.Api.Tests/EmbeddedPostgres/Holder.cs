using System.Diagnostics;
using System.Text.Json;
using Facts.EmbeddedPostgres;

namespace Facts.Api.Tests.EmbeddedPostgres;

/// <summary>A separate process that holds an embedded server until it gets a stop signal or is killed.</summary>
sealed class Holder : IAsyncDisposable
{
    readonly Process _process;
    readonly Task<string> _error;

    Holder(Process process) => (_process, _error) = (process, process.StandardError.ReadToEndAsync());

    public sealed record Report(string ConnectionString, bool IsAdopted, int ProcessId, int MajorVersion);

    public Report Server { get; private set; } = new("", false, 0, 0);

    public static string Directory => AppContext.BaseDirectory.Replace("Facts.Api.Tests", "Facts.ServerHolder");

    /// <summary>Starts one and waits until its server answers.</summary>
    /// <param name="account">Another account to run it as; only root can.</param>
    public static async Task<Holder> StartAsync(EmbeddedServerOptions options, string? directory = null, string? account = null,
        Dictionary<string, string>? environment = null)
    {
        var holder = Launch(options, directory, account, environment);
        var line = await holder._process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        holder.Server = line is null ? throw new InvalidOperationException(await holder._error) : JsonSerializer.Deserialize<Report>(line)!;
        return holder;
    }

    /// <summary>Starts one and leaves it to itself.</summary>
    public static Holder Launch(EmbeddedServerOptions options, string? directory = null, string? account = null, Dictionary<string, string>? environment = null)
    {
        directory ??= Directory;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(directory, "Facts.ServerHolder.dll"), JsonSerializer.Serialize(options)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        if (account is not null && OperatingSystem.IsLinux())
        {
            start.UserName = account;
            start.Environment["HOME"] = directory;
        }
        return new Holder(Process.Start(start)!);
    }

    /// <summary>kill -9</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task<string> RefusalAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, _process.ExitCode);
        return await _error;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }
}
