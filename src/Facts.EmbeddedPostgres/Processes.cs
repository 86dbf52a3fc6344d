using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Facts.EmbeddedPostgres;

/// <summary>Finds living PostgreSQL processes. It checks more than the process id, because another process may have got the id of a dead one.</summary>
static partial class Processes
{
    /// <summary>True if the process is PostgreSQL and has not ended. A zombie has ended.</summary>
    public static bool IsPostgres(int id)
    {
        if (id == 0) return false;
        try
        {
            if (OperatingSystem.IsLinux())
                return State().Match(File.ReadAllText($"/proc/{id}/stat")) is { Success: true } found
                    && found.Groups["name"].Value.StartsWith("postgres", StringComparison.Ordinal);
            using var process = Process.GetProcessById(id);
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>
    /// The processes of the server of a cluster. On Linux: the PostgreSQL processes whose working directory is the cluster. The postmaster and all its
    /// children work there, and a zombie has no working directory. Elsewhere: the process in the pid file, if it is PostgreSQL.
    /// </summary>
    public static async Task<IReadOnlyList<int>> InAsync(string cluster, string pidFile, OsAccount? account, CancellationToken cancel)
    {
        if (!OperatingSystem.IsLinux())
            return PidFile.Read(pidFile) is { } file && IsPostgres(file.Process) ? [file.Process] : [];
        // Runs as the account: in a container even root may not see the working directories of another account.
        var answer = await Command.RunAsync("/bin/sh", ["-c", "ls -ld /proc/[0-9]*/cwd 2>/dev/null"], "/", account, cancel);
        return
        [
            .. from line in answer.Output.Split('\n')
               let found = WorkingDirectory().Match(line)
               where found.Success && found.Groups["path"].Value == cluster
               let id = int.Parse(found.Groups["id"].ValueSpan)
               where IsPostgres(id)
               select id,
        ];
    }

    // "4711 (postgres) S 1 …". Processes in state Z or X have ended.
    [GeneratedRegex(@"^\d+ \((?<name>.*)\) [^ZX] ", RegexOptions.Singleline)]
    private static partial Regex State();

    [GeneratedRegex(@" /proc/(?<id>\d+)/cwd -> (?<path>.*)$")]
    private static partial Regex WorkingDirectory();
}
