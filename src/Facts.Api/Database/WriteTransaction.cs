using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Facts.Api.Database;

/// <summary>
/// A write that is wholly there or wholly not: a transaction, or, within one that is open already, a savepoint of it. So writes compose, and the
/// outermost decides when they are there for others. Taken back where it is disposed of without <see cref="CommitAsync"/>.
/// </summary>
internal sealed class WriteTransaction : IAsyncDisposable
{
    /// <summary>How long a write waits for another's turn to end: shorter than any caller waits for an answer.</summary>
    const string LockTimeout = "25s";

    static int _made;

    readonly IDbContextTransaction _transaction;
    readonly string? _savepoint;
    bool _committed;

    WriteTransaction(IDbContextTransaction transaction, string? savepoint) => (_transaction, _savepoint) = (transaction, savepoint);

    public static async Task<WriteTransaction> BeginAsync(FactsContext database, CancellationToken cancel)
    {
        if (database.Database.CurrentTransaction is not { } open)
        {
            var transaction = new WriteTransaction(await database.Database.BeginTransactionAsync(cancel), null);
            try
            {
                await SetLockTimeoutAsync(database, LockTimeout, cancel);
                return transaction;
            }
            catch
            {
                await transaction.DisposeAsync();
                throw;
            }
        }
        var name = $"w{Interlocked.Increment(ref _made)}";
        await open.CreateSavepointAsync(name, cancel);
        return new(open, name);
    }

    /// <summary>Limits how long a statement waits for another's turn to end, from now until the transaction ends; then it fails as <c>busy</c>.</summary>
    /// <param name="database">Its transaction is open.</param>
    /// <param name="most">As PostgreSQL takes it; <c>0</c> for no limit.</param>
    /// <param name="cancel">Ends it.</param>
    public static Task SetLockTimeoutAsync(FactsContext database, string most, CancellationToken cancel) =>
        database.Database.ExecuteSqlAsync($"select set_config('lock_timeout', {most}, true)", cancel);

    /// <summary>
    /// Takes turns that come out of order, and so waits for less than the second after which the database looks for circles. Where another has one of them
    /// the write is to begin again.
    /// </summary>
    /// <returns>False where another has one.</returns>
    public static async Task<bool> TryLockOutOfOrderAsync(FactsContext database, Func<Task> take, CancellationToken cancel)
    {
        var usual = await database.Database.SqlQuery<string>($"select current_setting('lock_timeout') as \"Value\"").SingleAsync(cancel);
        await SetLockTimeoutAsync(database, "500ms", cancel);
        try
        {
            await take();
        }
        catch (Exception taken) when (Sql.StateOf(taken) == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
        await SetLockTimeoutAsync(database, usual, cancel);
        return true;
    }

    public async Task CommitAsync(CancellationToken cancel)
    {
        if (_savepoint is null) await _transaction.CommitAsync(cancel);
        else await _transaction.ReleaseSavepointAsync(_savepoint, cancel);
        _committed = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_savepoint is null) await _transaction.DisposeAsync();
        // A connection that broke has taken back everything already.
        else if (!_committed && _transaction.GetDbTransaction().Connection is { State: System.Data.ConnectionState.Open })
            await _transaction.RollbackToSavepointAsync(_savepoint, CancellationToken.None);
    }
}
