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

    /// <param name="connectionString">Of the store, as it is configured.</param>
    /// <param name="limit">The longest time for one statement.</param>
    public ReadSource(string connectionString, TimeSpan limit)
    {
        var configured = new NpgsqlConnectionStringBuilder(connectionString);
        // Compiling a query takes longer than running the queries here.
        var options = "-c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read"
            + string.Create(CultureInfo.InvariantCulture, $" -c jit=off -c statement_timeout={(long)limit.TotalMilliseconds}");
        Source = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(connectionString)
        {
            Options = $"{configured.Options} {options}".Trim(),
            NoResetOnClose = true,
            MaxAutoPrepare = MaxPrepared,
            AutoPrepareMinUsages = 2,
            MaxPoolSize = ConnectionShares.Of(connectionString).Reads,
            MinPoolSize = 0,
            CommandTimeout = (int)(limit + Snapshot.Grace).TotalSeconds,
        }.ConnectionString).Build();
        Limit = limit;
    }

    public NpgsqlDataSource Source { get; }

    /// <summary>The other connections, which may write.</summary>
    public static NpgsqlDataSource WriteSource(string connectionString)
    {
        var configured = new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = ConnectionShares.Of(connectionString).Writes };
        configured.MinPoolSize = Math.Min(configured.MinPoolSize, configured.MaxPoolSize);
        return NpgsqlDataSource.Create(configured);
    }

    /// <summary>The longest time for one statement.</summary>
    public TimeSpan Limit { get; }

    /// <summary>The version of the store, in one statement.</summary>
    public async Task<long> VersionAsync(CancellationToken cancel)
    {
        await using var command = Source.CreateCommand(StoreVersion.Statement);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    public void Dispose() => Source.Dispose();
}
