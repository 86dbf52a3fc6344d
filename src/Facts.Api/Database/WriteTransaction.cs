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
    public static async Task<WriteTransaction> BeginAsync(FactsContext database, CancellationToken cancel) =>
        (await BeginAsync(database, _ => true, cancel)).Begun;

    /// <summary>Begins the transaction, or a savepoint where one is open, in one round trip with its first statements.</summary>
    /// <param name="database">The store.</param>
    /// <param name="first">Adds the first statements.</param>
    /// <param name="cancel">Ends the statements.</param>
    /// <returns>The transaction, and the result of <paramref name="first"/>, once the statements have been sent.</returns>
    /// <exception cref="OtherBuildException">Another build has taken over the store, and this one would write what that one cannot read.</exception>
    public static async Task<(WriteTransaction Begun, T First)> BeginAsync<T>(FactsContext database, Func<RoundTrip, T> first, CancellationToken cancel)
    {
        var trip = new RoundTrip(database);
        var isInside = database.Database.CurrentTransaction is not null;
        var transaction = isInside ? Savepoint(database, trip) : new(await database.Database.BeginTransactionAsync(cancel), null);
        try
        {
            List<bool> isOfThisBuild = isInside ? [true] : Prepare(database, trip);
            var asked = first(trip);
            await trip.SendAsync(cancel);
            return isOfThisBuild[0] ? (transaction, asked) : throw new OtherBuildException();
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sets a savepoint of the open transaction in a round trip: it is set once the statements have been sent.</summary>
    public static WriteTransaction Savepoint(FactsContext database, RoundTrip trip)
    {
        var name = $"w{Interlocked.Increment(ref _savepoints)}";
        trip.Add($"savepoint {name}");
        return new(database.Database.CurrentTransaction!, name);
    }

    /// <summary>Sets the limits of a wait for a lock and of a wait for the service.</summary>
    /// <returns>False, once it was sent, where the store has a migration of another build.</returns>
    static List<bool> Prepare(FactsContext database, RoundTrip trip) => trip.Ask(
        """
        select not exists (select from "__EFMigrationsHistory" where migration_id <> all (@known))
        from set_config('lock_timeout', @lock_timeout, true) as of_locks,
            set_config('idle_in_transaction_session_timeout', @idle_limit, true) as of_idling
        """, r => r.GetBoolean(0), new NpgsqlParameter("known", _known ??= [.. database.Database.GetMigrations()]),
        new NpgsqlParameter("lock_timeout", LockTimeout), new NpgsqlParameter("idle_limit", IdleLimit));

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

    /// <summary>Commits. A savepoint needs no statement for that: it ends with the transaction.</summary>
    public async Task CommitAsync(CancellationToken cancel)
    {
        if (_savepoint is null) await _transaction.CommitAsync(cancel);
        _committed = true;
    }

    /// <summary>
    /// Sends the last statements and commits, all in one round trip: their locks are then not held while the network or this process is slow. Within
    /// another transaction, which decides about the commit, it only sends the statements.
    /// </summary>
    /// <param name="last">The statements.</param>
    /// <param name="cancel">Ends the statements.</param>
    public async Task CommitAsync(RoundTrip last, CancellationToken cancel)
    {
        // Npgsql sees in the state of the connection that the transaction has ended.
        if (_savepoint is null) last.Add("commit");
        await last.SendAsync(cancel);
        _committed = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_savepoint is null) await _transaction.DisposeAsync();
        // A broken connection has rolled back everything already.
        else if (!_committed && _transaction.GetDbTransaction().Connection is { State: System.Data.ConnectionState.Open })
            await RollBackToSavepointAsync();
    }

    async Task RollBackToSavepointAsync()
    {
        try
        {
            await _transaction.RollbackToSavepointAsync(_savepoint!, CancellationToken.None);
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.InvalidSavepointSpecification)
        {
            // A statement that was sent before it has failed, so the whole transaction ends.
        }
    }
}
