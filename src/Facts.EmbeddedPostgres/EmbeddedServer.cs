using System.Diagnostics;
using Npgsql;

namespace Facts.EmbeddedPostgres;

/// <summary>
/// A real PostgreSQL for this process: found or fetched, set up in a directory, started, and stopped when the last process that uses it is done.
/// A server that already runs on the directory is adopted.
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

    /// <summary>For Npgsql. The same after the server was started again.</summary>
    public string ConnectionString => _process?.ConnectionString ?? "";

    /// <summary>Whether the server was already running.</summary>
    public bool Adopted { get; private set; }

    /// <summary>The postmaster's process.</summary>
    public int ProcessId => _process?.Id ?? 0;

    /// <summary>The major version of PostgreSQL.</summary>
    public int MajorVersion { get; private set; }

    /// <summary>Gives a server that takes connections, with the database made. Throws <see cref="EmbeddedServerException"/> with what to do about it.</summary>
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
        // First, so that a death from here on leaves no server behind.
        if (_options.Watchdog)
            _watchdog = Watchdog.Start(_place, _account);
        Adopted = await _process.AdoptAsync(cancel);
        if (!Adopted)
            await _process.StartAsync(cancel);
        cancel.ThrowIfCancellationRequested();
        await _process.EnsureDatabaseAsync(cancel);
    }

    /// <summary>Starts the server again where it has died. True if it had. Cheap where it lives: to be asked every second or so.</summary>
    public async Task<bool> EnsureRunningAsync(CancellationToken cancel = default)
    {
        if (_process is not { IsAlive: false } process)
            return false;
        await using var alone = await Locks.ExclusiveAsync(_place.StartLock, Patience, cancel);
        if (_lease is null)
            return false;
        _options.Log($"PostgreSQL (process {process.Id}) has died and is started again");
        if (!await process.AdoptAsync(cancel))
            await process.StartAsync(cancel);
        return true;
    }

    /// <summary>Stops the server, unless another process uses it. To be called when nobody here does any more.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_lease is null)
            return;
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
