using System.Data;
using System.Globalization;
using Npgsql;

namespace Facts.Api.Database;

/// <summary>
/// Connections that only read. The settings that all reads share are set once, when a connection opens: read only, one snapshot for each transaction, the
/// time limit of a statement, no just-in-time compiling. The connections are not reset between two uses, and statements stay prepared. So a question takes one
/// round trip. A pooler that gives each transaction another session keeps none of that: there, each question begins a transaction with these settings.
/// </summary>
internal sealed class ReadSource : IAsyncDisposable, IDisposable
{
    // The statements of all questions that are asked often.
    const int MaxPrepared = 200;

    // Bytes. Eight kilobytes, as the driver has it, are ten rows of an export.
    const int LeastReadBuffer = 32_768;

    // Kept open, because a database whose disk is full accepts no new connection.
    const int LeastOpen = 4;

    /// <summary>A reading of the version that takes longer hangs on its connection.</summary>
    static readonly TimeSpan VersionPatience = TimeSpan.FromMilliseconds(100);

    readonly SharedRead<long> _version;
    readonly Heartbeat _heartbeat;

    /// <param name="connectionString">Of the store, as it is configured.</param>
    /// <param name="limit">The longest time for one statement.</param>
    /// <param name="isPooled">True if a pooler may give each transaction another session.</param>
    /// <param name="heartbeat">Of the database.</param>
    public ReadSource(string connectionString, TimeSpan limit, bool isPooled, Heartbeat heartbeat)
    {
        var configured = Configured(connectionString, isPooled);
        var most = ConnectionShares.Of(connectionString).Reads;
        configured.NoResetOnClose = true;
        configured.MaxPoolSize = most;
        configured.MinPoolSize = Math.Min(LeastOpen, most / 2);
        configured.CommandTimeout = (int)(limit + Snapshot.Grace).TotalSeconds;
        if (!isPooled)
        {
            // Compiling a query takes longer than running the queries here.
            var options = "-c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read"
                + string.Create(CultureInfo.InvariantCulture, $" -c jit=off -c statement_timeout={(long)limit.TotalMilliseconds}");
            configured.Options = $"{configured.Options} {options}".Trim();
        }
        Source = new NpgsqlDataSourceBuilder(configured.ConnectionString).Build();
        (Limit, IsPooled, _heartbeat) = (limit, isPooled, heartbeat);
        _version = new(ReadVersionAsync, TimeProvider.System, VersionPatience);
    }

    public NpgsqlDataSource Source { get; }

    /// <summary>The other connections, which may write.</summary>
    public static NpgsqlDataSource WriteSource(string connectionString, bool isPooled)
    {
        var configured = Configured(connectionString, isPooled);
        configured.NoResetOnClose |= isPooled;
        configured.MaxPoolSize = ConnectionShares.Of(connectionString).Writes;
        configured.MinPoolSize = Math.Min(configured.MinPoolSize, configured.MaxPoolSize);
        // The same as WriteTransaction sets, for the statements outside of one.
        if (!isPooled)
            configured.Options = ($"{configured.Options} -c idle_in_transaction_session_timeout={WriteTransaction.IdleLimit}"
                + $" -c lock_timeout={WriteTransaction.LockTimeout}").Trim();
        return NpgsqlDataSource.Create(configured);
    }

    /// <summary>Opens a connection for a batch of statements, which reads one snapshot.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancel)
    {
        await _heartbeat.CheckAsync(cancel);
        var connection = await Source.OpenConnectionAsync(cancel);
        if (!IsPooled) return connection;
        try
        {
            // Closing the connection ends it.
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            await using var settings = new NpgsqlCommand(Snapshot.Settings, connection) { Parameters = { new() { Value = Snapshot.Milliseconds(Limit) } } };
            await settings.ExecuteNonQueryAsync(cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// The settings of all connections: statements stay prepared, answers are read in large pieces, and both sides notice within half a minute that the other
    /// machine has gone. A setting of the operator about that stays. A pooler takes no settings, and refuses the connection if it is not announced as one.
    /// </summary>
    public static NpgsqlConnectionStringBuilder Configured(string connectionString, bool isPooled)
    {
        var configured = new NpgsqlConnectionStringBuilder(connectionString);
        configured.ReadBufferSize = Math.Max(configured.ReadBufferSize, LeastReadBuffer);
        if (isPooled) return configured;
        // Planning takes longer than running, for a question as for the statements of one claim.
        (configured.MaxAutoPrepare, configured.AutoPrepareMinUsages) = (MaxPrepared, 2);
        // A socket of this machine, whose name is a path, needs no keepalive and refuses it.
        if (configured is { TcpKeepAliveTime: 0, TcpKeepAliveInterval: 0, Host: not (['/' or '@', ..] or null) })
            (configured.TcpKeepAlive, configured.TcpKeepAliveTime, configured.TcpKeepAliveInterval) = (true, 15, 5);
        configured.Options = $"{configured.Options} -c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3".Trim();
        return configured;
    }

    /// <summary>The longest time for one statement.</summary>
    public TimeSpan Limit { get; }

    /// <summary>True if a pooler may give each transaction another session, so that a session keeps no settings.</summary>
    public bool IsPooled { get; }

    /// <summary>The version of the store, read after the call. Callers that wait at the same time share one statement.</summary>
    public async Task<long> VersionAsync(CancellationToken cancel)
    {
        await _heartbeat.CheckAsync(cancel);
        return await _version.ReadAsync().WaitAsync(cancel);
    }

    async Task<long> ReadVersionAsync()
    {
        await using var command = Source.CreateCommand(StoreVersion.Statement);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    public void Dispose() => Source.Dispose();
}
