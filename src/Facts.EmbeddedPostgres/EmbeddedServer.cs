using System.Diagnostics;
using Npgsql;

namespace Facts.EmbeddedPostgres;

/// <summary>
/// A real PostgreSQL server for this process. It uses installed programs or fetches them, makes a cluster in a directory, and starts the server.
/// The last process that uses the server stops it. A server that already runs on the directory is adopted.
/// </summary>
public sealed class EmbeddedServer : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly EmbeddedServerOptions _options;
    readonly ServerDirectory _place;
    readonly OsAccount? _account;
    ServerProcess? _process;
    FileStream? _lease;
    Process? _watchdog;

    EmbeddedServer(EmbeddedServerOptions options, ServerDirectory place, OsAccount? account) => (_options, _place, _account) = (options, place, account);

    /// <summary>The connection string for Npgsql. It does not change when the server restarts.</summary>
    public string ConnectionString => _process?.ConnectionString ?? "";

    /// <summary>True if the server was already running.</summary>
    public bool IsAdopted { get; private set; }

    /// <summary>The process id of the postmaster; 0 before it runs.</summary>
    public int ProcessId => _process?.Id ?? 0;

    /// <summary>The major version of PostgreSQL.</summary>
    public int MajorVersion { get; private set; }

    /// <summary>Returns a server that accepts connections and has the database.</summary>
    /// <exception cref="EmbeddedServerException">The server cannot run. The message says how to repair that.</exception>
    public static async Task<EmbeddedServer> StartAsync(EmbeddedServerOptions options, CancellationToken cancel = default)
    {
        var place = new ServerDirectory(options.DataDirectory, OsAccount.IsRoot);
        var account = await OsAccount.ForAsync(options.Account, place.Cluster, cancel);
        if (account is not null)
            await account.RequireAccessAsync(place.Root, cancel);
        place.Prepare(account);
        var server = new EmbeddedServer(options, place, account);
        try
        {
            await server.StartAsync(cancel);
            return server;
        }
        catch (Exception refusal)
        {
            await server.DisposeAsync();
            if (refusal is IOException or UnauthorizedAccessException or NpgsqlException)
                throw new EmbeddedServerException($"PostgreSQL could not be started in {place.Root}: {refusal.Message}", refusal);
            throw;
        }
    }

    async Task StartAsync(CancellationToken cancel)
    {
        await using var alone = await Locks.ExclusiveAsync(_place.StartLock, Patience, cancel);
        _lease = Locks.Share(_place.Lease);
        _account?.Own(_place.StartLock);
        _account?.Own(_place.Lease);
        var programs = await PostgresBinaries.FindAsync(_options, _place, _account, cancel);
        var cluster = new Cluster(_options, _place, programs, _account);
        await cluster.EnsureAsync(cancel);
        (MajorVersion, _process) = (programs.Major, new ServerProcess(_options, _place, programs, cluster, _account));
        // The watchdog comes first: if this process dies from here on, no server stays behind.
        if (_options.Watchdog)
            _watchdog = Watchdog.Start(_place, _account);
        IsAdopted = await _process.AdoptAsync(cancel);
        if (!IsAdopted)
            await _process.StartAsync(cancel);
        cancel.ThrowIfCancellationRequested();
        await _process.EnsureDatabaseAsync(cancel);
    }

    /// <summary>
    /// Starts the server again if it has died. Returns true if it had died. Checking a living server is cheap, so callers check every second.
    /// </summary>
    public async Task<bool> EnsureRunningAsync(CancellationToken cancel = default)
    {
        if (_process is not { IsAlive: false } process) return false;
        await using var alone = await Locks.ExclusiveAsync(_place.StartLock, Patience, cancel);
        if (_lease is null) return false;
        _options.Log($"PostgreSQL (process {process.Id}) has died and is started again");
        if (!await process.AdoptAsync(cancel))
            await process.StartAsync(cancel);
        return true;
    }

    /// <summary>Stops the server, unless another process uses it. Call this after the last connection of this process has closed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_lease is null) return;
        await using (await Locks.ExclusiveAsync(_place.StartLock, Patience, CancellationToken.None))
        {
            await _lease.DisposeAsync();
            _lease = null;
            if (_process is not null && Locks.TryExclusive(_place.Lease) is { } last)
                await using (last)
                    await _process.StopAsync();
        }
        if (_watchdog is not null)
            await Watchdog.EndAsync(_watchdog);
        _watchdog = null;
    }
}
