using System.Diagnostics;

namespace Facts.Benchmarks;

/// <summary>The machine of a measurement. Without it a measured number has no meaning.</summary>
internal static class Machine
{
    public static async Task DescribeAsync(string name, Store store, int claims)
    {
        Console.WriteLine($"""

            == {name}, {claims:N0} claims
            machine     {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0.0} GB, load {Load()}
            PostgreSQL  {await store.AskAsync<string>("show server_version")}, shared_buffers {await store.AskAsync<string>("show shared_buffers")}, fsync {await store.AskAsync<string>("show fsync")}
            commit      {Git("rev-parse", "--short", "HEAD")}{(Git("status", "--porcelain").Length > 0 ? " with changes" : "")}, {DateTime.UtcNow:yyyy-MM-dd}
            """);
    }

    /// <summary>The load average of the last minute. A high one shows that the machine did other work.</summary>
    static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    static string Git(params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            return git.StandardOutput.ReadToEnd().Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }
}
