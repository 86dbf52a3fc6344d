using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Facts.EmbeddedPostgres;

/// <summary>Which PostgreSQL processes are alive, told by more than a number that another process may have by now.</summary>
static partial class Processes
{
    /// <summary>Whether the process is a PostgreSQL one that has not ended; a zombie has.</summary>
    public static bool IsPostgres(int id)
    {
        if (id == 0)
            return false;
        try
        {
            if (OperatingSystem.IsLinux())
                return State().Match(File.ReadAllText($"/proc/{id}/stat")) is { Success: true } found && found.Groups["name"].Value.StartsWith("postgres", StringComparison.Ordinal);
            using var process = Process.GetProcessById(id);
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>
    /// The server's processes in a cluster. On Linux those whose working directory it is: the postmaster and all its children go there, a zombie has none.
    /// Elsewhere the one that the pid file names, if it is PostgreSQL.
    /// </summary>
    public static async Task<IReadOnlyList<int>> InAsync(string cluster, string pidFile, OsAccount? account, CancellationToken cancel)
    {
        if (!OperatingSystem.IsLinux())
            return PidFile.Read(pidFile) is { } file && IsPostgres(file.Process) ? [file.Process] : [];
        // As the account: in a container not even root may look at another account's processes.
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

    // "4711 (postgres) S 1 …"; Z and X have ended.
    [GeneratedRegex(@"^\d+ \((?<name>.*)\) [^ZX] ", RegexOptions.Singleline)]
    private static partial Regex State();

    [GeneratedRegex(@" /proc/(?<id>\d+)/cwd -> (?<path>.*)$")]
    private static partial Regex WorkingDirectory();
}
