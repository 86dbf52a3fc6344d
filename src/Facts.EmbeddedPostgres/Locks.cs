namespace Facts.EmbeddedPostgres;

/// <summary>
/// Two lock files coordinate the processes that share a data directory. The process that starts or stops the server holds <c>start.lock</c>.
/// All processes that use the server share <c>lease.lock</c>; a process that can lock it exclusively is the last user. Both are <c>flock</c> locks:
/// the kernel releases the locks of a dead process, and the watchdog's shell can take them with the command <c>flock</c>.
/// </summary>
static class Locks
{
    /// <summary>Waits until no other process starts or stops the server. Disposing releases the lock.</summary>
    public static async Task<FileStream> ExclusiveAsync(string path, TimeSpan limit, CancellationToken cancel)
    {
        for (var until = Environment.TickCount64 + (long)limit.TotalMilliseconds; ; await Task.Delay(50, cancel))
        {
            if (TryExclusive(path) is { } held) return held;
            if (Environment.TickCount64 > until)
                throw new EmbeddedServerException($"Another process has been starting or stopping PostgreSQL for {limit.TotalSeconds:0} s; it holds {path}.");
        }
    }

    /// <summary>Locks a file exclusively; null if another process holds the lock, shared or exclusive.</summary>
    public static FileStream? TryExclusive(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (held is not (DirectoryNotFoundException or FileNotFoundException))
        {
            return null;
        }
    }

    /// <summary>Registers this process as a user of the server. Call this while holding the start lock.</summary>
    public static FileStream Share(string path) => new(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
}
