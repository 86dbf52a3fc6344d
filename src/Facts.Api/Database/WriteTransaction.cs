using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Facts.Api.Database;

/// <summary>
/// A write that is stored as a whole or not at all: a transaction, or a savepoint within a transaction that is already open. So writes can be nested, and the
/// outermost one decides when others see them. Disposing it without <see cref="CommitAsync(CancellationToken)"/> rolls it back.
/// </summary>
internal sealed class WriteTransaction : IAsyncDisposable
{
    /// <summary>The longest wait of a write for one lock. Callers wait longer than this for an answer. See <c>Database/Locks/README.md</c>.</summary>
    public const string LockTimeout = "25s";

    /// <summary>The longest time that a write lets its transaction wait for the service, unless it is a bulk import.</summary>
    public const string IdleLimit = "60s";

    static int _savepoints;

    // The migrations that this build knows.
    static string[]? _known;

    readonly IDbContextTransaction _transaction;
    readonly string? _savepoint;
    bool _committed;

    WriteTransaction(IDbContextTransaction transaction, string? savepoint) => (_transaction, _savepoint) = (transaction, savepoint);

    /// <summary>Begins the transaction, or a savepoint where one is open.</summary>
    /// <exception cref="OtherBuildException">Another build has taken over the store, and this one would write what that one cannot read.</exception>
    public static async Task<WriteTransaction> BeginAsync(FactsContext database, CancellationToken cancel)
    {
        if (database.Database.CurrentTransaction is not { } open)
        {
            var transaction = new WriteTransaction(await database.Database.BeginTransactionAsync(cancel), null);
            try
            {
                if (await PrepareAsync(database, cancel)) return transaction;
                throw new OtherBuildException();
            }
            catch
            {
                await transaction.DisposeAsync();
                throw;
            }
        }
        var name = $"w{Interlocked.Increment(ref _savepoints)}";
        await open.CreateSavepointAsync(name, cancel);
        return new(open, name);
    }

    /// <summary>Sets the limits of a wait for a lock and of a wait for the service.</summary>
    /// <returns>False where the store has a migration of another build.</returns>
    static async Task<bool> PrepareAsync(FactsContext database, CancellationToken cancel)
    {
        var known = _known ??= [.. database.Database.GetMigrations()];
        return (await database.Database.SqlQuery<bool>(
            $"""
            select not exists (select from "__EFMigrationsHistory" where migration_id <> all ({known})) as "Value"
            from set_config('lock_timeout', {LockTimeout}, true) as of_locks, set_config('idle_in_transaction_session_timeout', {IdleLimit}, true) as of_idling
            """).ToListAsync(cancel))[0];
    }

    /// <summary>
    /// Limits how long a statement waits for a lock, from now until the transaction ends. A statement that waits longer fails as <c>busy</c>.
    /// </summary>
    /// <param name="database">The store, with an open transaction.</param>
    /// <param name="limit">A duration as PostgreSQL writes it, such as <c>25s</c>; <c>0</c> for no limit.</param>
    /// <param name="cancel">Ends the statement.</param>
    public static Task SetLockTimeoutAsync(FactsContext database, string limit, CancellationToken cancel) =>
        database.Database.ExecuteSqlAsync($"select set_config('lock_timeout', {limit}, true)", cancel);

    /// <summary>
    /// Takes locks out of order. It waits for half a second at most, less than the second after which PostgreSQL looks for deadlocks. If another
    /// writer holds one of the locks, the write must start again: see <c>Database/Locks/README.md</c>.
    /// </summary>
    /// <returns>False where another writer holds one of the locks; the transaction can then only be rolled back.</returns>
    public static async Task<bool> TryLockOutOfOrderAsync(FactsContext database, Func<Task> takeLocks, CancellationToken cancel)
    {
        var before = await database.Database.SqlQuery<string>($"select current_setting('lock_timeout') as \"Value\"").SingleAsync(cancel);
        await SetLockTimeoutAsync(database, "500ms", cancel);
        try
        {
            await takeLocks();
        }
        catch (Exception timeout) when (Sql.StateOf(timeout) == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
        await SetLockTimeoutAsync(database, before, cancel);
        return true;
    }

    public async Task CommitAsync(CancellationToken cancel)
    {
        if (_savepoint is null) await _transaction.CommitAsync(cancel);
        else await _transaction.ReleaseSavepointAsync(_savepoint, cancel);
        _committed = true;
    }

    /// <summary>
    /// Runs the last statement and commits, both in one round trip: its locks are then not held while the network or this process is slow. Within
    /// another transaction, which decides about the commit, it only runs the statement.
    /// </summary>
    /// <param name="last">The statement.</param>
    /// <param name="read">Reads its only row.</param>
    /// <param name="cancel">Ends the statement.</param>
    public async Task CommitAsync(NpgsqlBatch last, Action<NpgsqlDataReader> read, CancellationToken cancel)
    {
        // Npgsql sees in the state of the connection that the transaction has ended.
        if (_savepoint is null) last.Add("commit");
        await using (var reader = await last.ExecuteReaderAsync(cancel))
        {
            await reader.ReadAsync(cancel);
            read(reader);
            while (await reader.NextResultAsync(cancel)) ;
        }
        if (_savepoint is not null) await _transaction.ReleaseSavepointAsync(_savepoint, cancel);
        _committed = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_savepoint is null) await _transaction.DisposeAsync();
        // A broken connection has rolled back everything already.
        else if (!_committed && _transaction.GetDbTransaction().Connection is { State: System.Data.ConnectionState.Open })
            await _transaction.RollbackToSavepointAsync(_savepoint, CancellationToken.None);
    }
}
