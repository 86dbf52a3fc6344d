using System.Data;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Database;

/// <summary>Begins a read: everything in it sees one state of the store, nothing in it can write, and no statement of it takes longer than it may.</summary>
internal static class Snapshot
{
    // The database gives up first, so that it is always the same error and nothing is left running there.
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Within a read that has begun it is that one, and the outer one's to end.</summary>
    /// <param name="limit">What one statement may take; null for as long as it takes.</param>
    /// <param name="cancel">Ends what runs in the database too.</param>
    public static async Task<IAsyncDisposable> BeginAsync(FactsContext database, CancellationToken cancel, TimeSpan? limit = null)
    {
        if (database.Database.CurrentTransaction is not null) return new Outer();
        var transaction = await database.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        database.Database.SetCommandTimeout(limit is { } most ? most + Grace : TimeSpan.Zero);
        var milliseconds = ((long)(limit?.TotalMilliseconds ?? 0)).ToString(CultureInfo.InvariantCulture);
        // Without jit: compiling a query takes longer than the queries here.
        await database.Database.ExecuteSqlAsync(
            $"select set_config('transaction_read_only', 'on', true), set_config('statement_timeout', {milliseconds}, true), set_config('jit', 'off', true)", cancel);
        return transaction;
    }

    sealed class Outer : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
