using System.Globalization;
using Npgsql;

namespace Facts.Api.Database;

/// <summary>
/// Connections that only read. The settings that all reads share are set once, when a connection opens: read only, one snapshot for each transaction, the
/// time limit of a statement, no just-in-time compiling. The connections are not reset between two uses, and statements stay prepared. So a question takes one
/// round trip.
/// </summary>
internal sealed class ReadSource : IAsyncDisposable, IDisposable
{
    // The statements of all questions that are asked often.
    const int MaxPrepared = 200;

    // Kept open, because a database whose disk is full accepts no new connection.
    const int LeastOpen = 4;

    /// <summary>The longest time that a write lets its transaction wait for the service, unless it is a bulk import.</summary>
    const string IdleLimit = "60s";

    /// <summary>A reading of the version that takes longer hangs on its connection.</summary>
    static readonly TimeSpan VersionPatience = TimeSpan.FromMilliseconds(100);

    readonly SharedRead<long> _version;

    /// <param name="connectionString">Of the store, as it is configured.</param>
    /// <param name="limit">The longest time for one statement.</param>
    public ReadSource(string connectionString, TimeSpan limit)
    {
        var configured = WithKeepAlive(connectionString);
        var most = ConnectionShares.Of(connectionString).Reads;
        // Compiling a query takes longer than running the queries here.
        var options = "-c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read"
            + string.Create(CultureInfo.InvariantCulture, $" -c jit=off -c statement_timeout={(long)limit.TotalMilliseconds}");
        Source = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(configured.ConnectionString)
        {
            Options = $"{configured.Options} {options}".Trim(),
            NoResetOnClose = true,
            MaxAutoPrepare = MaxPrepared,
            AutoPrepareMinUsages = 2,
            MaxPoolSize = most,
            MinPoolSize = Math.Min(LeastOpen, most / 2),
            CommandTimeout = (int)(limit + Snapshot.Grace).TotalSeconds,
        }.ConnectionString).Build();
        Limit = limit;
        _version = new(ReadVersionAsync, TimeProvider.System, VersionPatience);
    }

    public NpgsqlDataSource Source { get; }

    /// <summary>The other connections, which may write.</summary>
    public static NpgsqlDataSource WriteSource(string connectionString)
    {
        var configured = WithKeepAlive(connectionString);
        configured.MaxPoolSize = ConnectionShares.Of(connectionString).Writes;
        configured.MinPoolSize = Math.Min(configured.MinPoolSize, configured.MaxPoolSize);
        // A process that is frozen or cut off in a transaction does not keep its locks.
        configured.Options = $"{configured.Options} -c idle_in_transaction_session_timeout={IdleLimit} -c lock_timeout={WriteTransaction.LockTimeout}".Trim();
        return NpgsqlDataSource.Create(configured);
    }

    // Both sides notice within half a minute that the other machine has gone. A setting of the operator stays.
    static NpgsqlConnectionStringBuilder WithKeepAlive(string connectionString)
    {
        var configured = new NpgsqlConnectionStringBuilder(connectionString);
        // A socket of this machine, whose name is a path, needs no keepalive and refuses it.
        if (configured is { TcpKeepAliveTime: 0, TcpKeepAliveInterval: 0, Host: not (['/' or '@', ..] or null) })
            (configured.TcpKeepAlive, configured.TcpKeepAliveTime, configured.TcpKeepAliveInterval) = (true, 15, 5);
        configured.Options = $"{configured.Options} -c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3".Trim();
        return configured;
    }

    /// <summary>The longest time for one statement.</summary>
    public TimeSpan Limit { get; }

    /// <summary>The version of the store, read after the call. Callers that wait at the same time share one statement.</summary>
    public Task<long> VersionAsync(CancellationToken cancel) => _version.ReadAsync().WaitAsync(cancel);

    async Task<long> ReadVersionAsync()
    {
        await using var command = Source.CreateCommand(StoreVersion.Statement);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    public void Dispose() => Source.Dispose();
}
