using System.Diagnostics;

namespace Facts.EmbeddedPostgres;

/// <summary>
/// A shell that reads from a pipe which only this process holds. When this process ends, for any reason, the pipe closes. Then the shell stops the
/// server, unless another process uses it. PR_SET_PDEATHSIG does not work here: it already fires when the thread that forked ends. Without the
/// command <c>flock</c> (macOS, Windows) there is no watchdog, and the next start adopts the server.
/// </summary>
static class Watchdog
{
    // The script ignores the signals that a terminal or a service manager sends to all processes, because it must outlive this process. SIGINT is
    // PostgreSQL's fast shutdown. The working directory identifies the server, so that another process with a recycled id is not killed. The script
    // tries the lease several times: the kernel closes the files of a dead process one by one, and may close the pipe before the lease.
    const string Script = """
        trap '' INT TERM HUP
        while read -r _; do :; done
        for _ in 1 2 3 4 5 6 7 8 9 10; do
            flock -x "$1" flock -n -x "$2" sh -c '
                server=$(head -n 1 "$0/postmaster.pid" 2>/dev/null) || exit 0
                [ "$(readlink "/proc/$server/cwd")" = "$0" ] && kill -INT "$server" || exit 0
                while [ "$(readlink "/proc/$server/cwd")" = "$0" ]; do sleep 0.1; done' "$3" && exit
            sleep 0.1
        done
        """;

    /// <summary>Starts the watchdog; null if this machine cannot run one.</summary>
    public static Process? Start(ServerDirectory place, OsAccount? account)
    {
        if (!OperatingSystem.IsLinux() || !(File.Exists("/usr/bin/flock") || File.Exists("/bin/flock"))) return null;
        return Command.Start("/bin/sh", ["-c", Script, "postgres-watchdog", place.StartLock, place.Lease, place.Cluster], "/", account);
    }

    /// <summary>Ends the watchdog. Called after the server has stopped, or while other processes watch it.</summary>
    public static async Task EndAsync(Process watchdog)
    {
        watchdog.Kill();
        await watchdog.WaitForExitAsync();
        watchdog.Dispose();
    }
}
