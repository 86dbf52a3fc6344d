using System.Data;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Database;

/// <summary>Begins a read-only transaction. All its statements see one state of the store, and each of them is limited in time.</summary>
internal static class Snapshot
{
    /// <summary>
    /// The driver waits so much longer than the database. The database then ends the statement first: callers get one kind of error, and no statement runs on.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Begins a snapshot. Inside an open transaction it begins nothing, and disposing the result leaves that transaction open.</summary>
    /// <param name="limit">The longest time for one statement, as <see cref="ReadSource.Limit"/> gives it; null for no limit.</param>
    /// <param name="cancel">Ends the running statement in the database too.</param>
    public static async Task<IAsyncDisposable> BeginAsync(FactsContext database, CancellationToken cancel, TimeSpan? limit = null)
    {
        if (database.Database.CurrentTransaction is not null) return new Outer();
        var transaction = await database.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        database.Database.SetCommandTimeout(limit is { } most ? most + Grace : TimeSpan.Zero);
        // A connection that only reads has all this from its opening on.
        if (limit is not null && database is ReadContext) return transaction;
        var milliseconds = ((long)(limit?.TotalMilliseconds ?? 0)).ToString(CultureInfo.InvariantCulture);
        // Without jit, because compiling a query takes longer than running the queries here.
        await database.Database.ExecuteSqlAsync(
            $"""
            select set_config('transaction_read_only', 'on', true), set_config('statement_timeout', {milliseconds}, true),
                set_config('jit', 'off', true)
            """, cancel);
        return transaction;
    }

    sealed class Outer : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
