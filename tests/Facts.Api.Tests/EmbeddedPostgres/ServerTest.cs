using System.Diagnostics;
using Facts.EmbeddedPostgres;
using Npgsql;

namespace Facts.Api.Tests.EmbeddedPostgres;

/// <summary>A data directory of its own, below one that any account can enter; whatever still runs there is ended.</summary>
public abstract class ServerTest : IAsyncDisposable
{
    const UnixFileMode Open = (UnixFileMode)0b111_101_101;

    protected ServerTest()
    {
        // In memory where that is: initdb writes 40 MB.
        Below = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : "/tmp", "facts-test-" + Guid.NewGuid().ToString("N")[..10]);
        Directory.CreateDirectory(Below, Open);
        File.SetUnixFileMode(Below, Open);
        Data = Path.Combine(Below, "data");
    }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected string Below { get; }
    protected string Data { get; }
    protected string Cluster => Path.Combine(Data, "cluster");

    /// <summary>Fetched programs, where none are installed, are fetched once a machine.</summary>
    private protected static string Cache => Path.Combine(Path.GetTempPath(), "facts-test-programs-" + Environment.UserName);

    private protected EmbeddedServerOptions Options => new() { DataDirectory = Data, Durable = false, CacheDirectory = Cache };

    protected static async Task<T?> AskAsync<T>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T?)await command.ExecuteScalarAsync(Cancel);
    }

    /// <summary>Runs a program to its end and gives its output, trimmed.</summary>
    protected static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return output.Trim();
    }

    /// <summary>The user id that a process runs under.</summary>
    protected static string UserOf(int process) =>
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];

    protected static async Task UntilAsync(Func<bool> holds, string what)
    {
        for (var until = Environment.TickCount64 + 20_000; !holds(); await Task.Delay(20, Cancel))
            Assert.True(Environment.TickCount64 < until, "waited in vain: " + what);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var process in await Processes.InAsync(Cluster, Path.Combine(Cluster, "postmaster.pid"), null, CancellationToken.None))
            await RunAsync("kill", "-9", $"{process}");
        Files.TryDelete(Below);
    }
}
