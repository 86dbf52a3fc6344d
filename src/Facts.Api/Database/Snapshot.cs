using System.Data;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Database;

/// <summary>Begins a read-only transaction. All its statements see one state of the store, and each of them is limited in time.</summary>
internal static class Snapshot
{
    /// <summary>
    /// The driver waits so much longer than the database. The database then ends the statement first: callers get one kind of error, and no statement runs on.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The settings of a transaction that reads; its parameter is <see cref="Milliseconds"/>. Without jit, because compiling a query takes longer than running
    /// the queries here.
    /// </summary>
    public const string Settings =
        "select set_config('transaction_read_only', 'on', true), set_config('statement_timeout', $1, true), set_config('jit', 'off', true)";

    /// <summary>The longest time for one statement, as PostgreSQL takes it.</summary>
    public static string Milliseconds(TimeSpan? limit) => ((long)(limit?.TotalMilliseconds ?? 0)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Begins a snapshot. Inside an open transaction it begins nothing, and disposing the result leaves that transaction open.</summary>
    /// <param name="database">The store.</param>
    /// <param name="cancel">Ends the running statement in the database too.</param>
    /// <param name="source">Has the longest time for one statement; null for no limit.</param>
    public static async Task<IAsyncDisposable> BeginAsync(FactsContext database, CancellationToken cancel, ReadSource? source = null)
    {
        if (database.Database.CurrentTransaction is not null) return new Outer();
        var transaction = await database.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        database.Database.SetCommandTimeout(source is null ? TimeSpan.Zero : source.Limit + Grace);
        // A connection that only reads has all this from its opening on.
        if (source is { IsPooled: false } && database is ReadContext) return transaction;
        await using var settings = await database.CommandAsync(Settings, cancel, new NpgsqlParameter { Value = Milliseconds(source?.Limit) });
        await settings.ExecuteNonQueryAsync(cancel);
        return transaction;
    }

    sealed class Outer : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
