using Facts.Api.Database;
using Facts.Api.Http;
using Npgsql;
using NpgsqlTypes;

namespace Facts.Api.Changes;

/// <summary>The log of changes and, with each change, the audit log: one entry for each committed write.</summary>
internal sealed class ChangeLog(FactsContext database, TimeProvider clock, AuditContext audit, CommitTurn turn)
{
    /// <summary>The longest time between the end of a change and its commit.</summary>
    const string MostIdle = "5s";

    /// <summary>Begins a change and reserves its number, which its claims carry.</summary>
    public async Task<ChangeRecord> BeginAsync(ChangeKind kind, CancellationToken cancel) =>
        new((await RoundTrip.SendAsync(database, Reserve, cancel))[0], kind);

    /// <summary>Reserves the number of a change in a round trip.</summary>
    /// <returns>The number, which is in the list once the statements have been sent.</returns>
    public static List<long> Reserve(RoundTrip trip) => trip.Reserve("changes_id_seq", 1);

    /// <summary>
    /// Appends a change: gives it its sequence and its record time. The record time is later than that of every earlier change, even where the clock was set
    /// back. To be called last in a transaction: it locks the one row of <c>dataset</c>, for which all other writers wait until the commit
    /// (<c>Database/Locks/README.md</c>).
    /// </summary>
    public async Task AppendAsync(ChangeRecord change, CancellationToken cancel) =>
        (change.Sequence, change.RecordedAt) = (await RoundTrip.SendAsync(database, trip => Append(trip, change), cancel))[0];

    /// <summary>Appends a change as <see cref="AppendAsync"/> does, and commits in the same round trip.</summary>
    public async Task CommitAsync(WriteTransaction transaction, ChangeRecord change, CancellationToken cancel)
    {
        var trip = new RoundTrip(database);
        var appended = Append(trip, change);
        await turn.CommitAsync(() => transaction.CommitAsync(trip, cancel), cancel);
        (change.Sequence, change.RecordedAt) = appended[0];
    }

    List<(long Sequence, DateTimeOffset RecordedAt)> Append(RoundTrip trip, ChangeRecord change)
    {
        // All writers wait for the row that the next statement locks. If this process stops now, the database ends the transaction soon.
        trip.Add($"set local idle_in_transaction_session_timeout = '{MostIdle}'");
        return trip.Ask(Sql.Text("Changes", "append_change"), r => (r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1)),
            new NpgsqlParameter("now", NpgsqlDbType.TimestampTz) { Value = change.EndsAt ?? clock.GetUtcNow() },
            new NpgsqlParameter("id", change.Id), new NpgsqlParameter("kind", EnumWords.ToWord(change.Kind)),
            Number("first_claim", change.FirstClaim), Number("last_claim", change.LastClaim),
            new NpgsqlParameter("claims_recorded", change.ClaimsRecorded), new NpgsqlParameter("claims_ended", change.ClaimsEnded),
            new NpgsqlParameter("resources", NpgsqlDbType.Jsonb) { Value = change.ResourcesJson() },
            new NpgsqlParameter("facts_changed", change.FactsChanged), new NpgsqlParameter("facts", NpgsqlDbType.Jsonb) { Value = change.FactsJson() },
            new NpgsqlParameter("balances_moved", change.BalancesMoved), new NpgsqlParameter("balances", NpgsqlDbType.Jsonb) { Value = change.BalancesJson() },
            Number("key_id", audit.Key), Text("subject", audit.Subject),
            Text("request_id", audit.RequestId), Text("method", audit.Method), Text("path", audit.Path), Text("resource", audit.Resource));
    }

    static NpgsqlParameter Number(string name, long? value) => new(name, NpgsqlDbType.Bigint) { Value = (object?)value ?? DBNull.Value };

    static NpgsqlParameter Text(string name, string? value) => new(name, NpgsqlDbType.Text) { Value = (object?)value ?? DBNull.Value };
}
