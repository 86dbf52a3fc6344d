namespace Facts.EmbeddedPostgres;

/// <summary>
/// Two files order those that share a data directory. <c>start.lock</c> is held by the one that is starting or stopping the server;
/// <c>lease.lock</c> is shared by all that use it, so that whoever can have it alone is the last. Both are <c>flock</c> locks: the
/// kernel lets go of a dead process's, and the watchdog's shell speaks the same language.
/// </summary>
static class Locks
{
    /// <summary>Waits to be the only one that starts or stops the server. Disposing lets go.</summary>
    public static async Task<FileStream> ExclusiveAsync(string path, TimeSpan limit, CancellationToken cancel)
    {
        for (var until = Environment.TickCount64 + (long)limit.TotalMilliseconds; ; await Task.Delay(50, cancel))
        {
            if (TryExclusive(path) is { } held)
                return held;
            if (Environment.TickCount64 > until)
                throw new EmbeddedServerException($"Another process has been starting or stopping PostgreSQL for {limit.TotalSeconds:0} s; it holds {path}.");
        }
    }

    /// <summary>Null where another process holds it, shared or alone.</summary>
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

    /// <summary>Counts the caller among the users of the server. To be called under the start lock.</summary>
    public static FileStream Share(string path) => new(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
}
