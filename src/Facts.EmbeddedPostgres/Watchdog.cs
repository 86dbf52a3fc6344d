using System.Diagnostics;

namespace Facts.EmbeddedPostgres;

/// <summary>
/// A shell that reads a pipe only this process holds. However this process ends, the pipe ends with it, and if nobody else uses the server the shell stops it.
/// Not PR_SET_PDEATHSIG, which fires when the thread that forked ends. Where there is no flock (macOS, Windows) there is no watchdog, and the
/// next start adopts the server.
/// </summary>
static class Watchdog
{
    // Deaf to what a terminal or a service manager sends to all: it has to outlive us. SIGINT is PostgreSQL's fast shutdown. Its process is known by
    // its working directory, so that a recycled number is left alone. Several tries at the lease: the kernel closes a dead process's files one after
    // the other, and the pipe may come before the lease.
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

    /// <summary>Null where it is not possible.</summary>
    public static Process? Start(ServerDirectory place, OsAccount? account)
    {
        if (!OperatingSystem.IsLinux() || !(File.Exists("/usr/bin/flock") || File.Exists("/bin/flock")))
            return null;
        return Command.Start("/bin/sh", ["-c", Script, "postgres-watchdog", place.StartLock, place.Lease, place.Cluster], "/", account);
    }

    /// <summary>Ends it: the server is stopped, or others watch it.</summary>
    public static async Task EndAsync(Process watchdog)
    {
        watchdog.Kill();
        await watchdog.WaitForExitAsync();
        watchdog.Dispose();
    }
}
