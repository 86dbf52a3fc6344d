using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Facts.Api.Ledger;

/// <summary>
/// Keeps facts, links and running totals equal to the core's functions of the claims, in the transaction that changes a claim. Only the neighbourhoods a
/// change touches are computed again. A writer begins a change, waits for its turn, writes, refreshes what it touched, and ends the change just before it commits.
/// </summary>
internal sealed class Ledger(FactsContext database, TimeProvider clock, Author author)
{
    /// <summary>Claims that are computed at a time: what bounds the memory of a large load.</summary>
    const int ParcelSize = 5_000;

    /// <summary>As above, of requests: for each, all that is given to its recipient is read.</summary>
    const int RequestParcelSize = 500;

    /// <summary>Neighbourhoods that are computed ahead in one transaction: few, since their writers wait for it.</summary>
    const int KeptAtOnce = 200;

    readonly KeptWriter _kept = new(database, clock);

    public async Task<Change> BeginAsync(ChangeKind kind, CancellationToken cancel) =>
        new((await database.ReserveAsync("changes_id_seq", 1, cancel))[0], kind);

    /// <summary>Waits for the turn in all that a write touches: see <see cref="Neighbourhoods.LockAsync"/>. Until the transaction ends no item moves in the tree.</summary>
    public async Task<HashSet<string>> LockAsync(Touched touched, CancellationToken cancel)
    {
        await CatalogueTurns.KeepTreeAsync(database, cancel);
        return await Neighbourhoods.LockAsync(database, touched, cancel);
    }

    /// <summary>As above, for claims that are stored already.</summary>
    public Task<HashSet<string>> LockAsync(IReadOnlyCollection<string> scopes, CancellationToken cancel) =>
        LockAsync(new Touched([.. scopes.Select(s => new Scope(s, null, null))], KeySet.Empty), cancel);

    /// <summary>
    /// Ends a change: gives it its place among all changes and its record time, later than any before it even where the clock was set back. Everybody else's
    /// end waits from here until the commit, so it comes last.
    /// </summary>
    public async Task EndAsync(Change change, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(Sql.Text("Ledger", "end"), cancel,
            new NpgsqlParameter("now", NpgsqlDbType.TimestampTz) { Value = clock.GetUtcNow() },
            new NpgsqlParameter("id", change.Id), new NpgsqlParameter("kind", Words.Of(change.Kind)),
            new NpgsqlParameter("first_claim", NpgsqlDbType.Bigint) { Value = (object?)change.FirstClaim ?? DBNull.Value },
            new NpgsqlParameter("last_claim", NpgsqlDbType.Bigint) { Value = (object?)change.LastClaim ?? DBNull.Value },
            new NpgsqlParameter("claims_recorded", change.ClaimsRecorded), new NpgsqlParameter("claims_ended", change.ClaimsEnded),
            new NpgsqlParameter("things", NpgsqlDbType.Jsonb) { Value = change.ThingsJson() },
            new NpgsqlParameter("facts_changed", change.FactsChanged), new NpgsqlParameter("facts", NpgsqlDbType.Jsonb) { Value = change.FactsJson() },
            new NpgsqlParameter("balances_moved", change.BalancesMoved), new NpgsqlParameter("balances", NpgsqlDbType.Jsonb) { Value = change.BalancesJson() },
            new NpgsqlParameter("key_id", NpgsqlDbType.Bigint) { Value = (object?)author.Key ?? DBNull.Value }, Text("subject", author.Subject),
            Text("request_id", author.RequestId), Text("method", author.Method), Text("path", author.Path), Text("thing", author.Thing));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        (change.Sequence, change.RecordedAt) = (reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1));
    }

    static NpgsqlParameter Text(string name, string? value) => new(name, NpgsqlDbType.Text) { Value = (object?)value ?? DBNull.Value };

    /// <summary>Computes again what the claims of these neighbourhoods amount to.</summary>
    /// <param name="change">Notes which facts and balances that moved.</param>
    /// <param name="scopes">All that the writer holds.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task RefreshAsync(Change change, IReadOnlyCollection<string> scopes, CancellationToken cancel)
    {
        // Not as it was when the write began: an item may have moved until the turn came.
        var items = await CatalogueStore.TreeAsync(database, cancel);
        while (await AttemptAsync() is { Count: > 0 } abroad)
        {
            change.Forget();
            scopes = [.. scopes.Union(await Neighbourhoods.WidenAsync(database, abroad, cancel))];
        }

        async Task<List<Abroad>> AttemptAsync()
        {
            await using var attempt = await WriteTransaction.BeginAsync(database, cancel);
            var abroad = await ComputeAsync(change, scopes, items, cancel);
            if (abroad.Count == 0) await attempt.CommitAsync(cancel);
            return abroad;
        }
    }

    /// <summary>
    /// Computes again what depends on where an item stands, now that it stands elsewhere: the neighbourhoods whose claims name it or what is below it, with all that is tied
    /// to them, and the requests to which something is given there. They are tied to those of the tree in which it stands now. Those who write claims wait for it.
    /// </summary>
    public async Task MovedAsync(Change change, string item, CancellationToken cancel)
    {
        await CatalogueTurns.MoveAsync(database, cancel);
        var items = await CatalogueStore.TreeAsync(database, cancel);
        var trees = items.Trees(CodeSet.Of(item));
        var (abroad, scopes) = (new List<Abroad>(), new List<Scope>());
        await using (var command = await database.CommandAsync(Sql.Text("Ledger", "moved"), cancel, new NpgsqlParameter("items", items.Under(item).ToArray())))
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
                abroad.Add(new(reader.GetString(0), Scope.Of(CodeSet.Of(reader.GetFieldValue<string[]>(1)), reader.GetString(2), trees, reader.IsDBNull(3) ? null : reader.GetString(3))));
            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel)) scopes.Add(new(reader.GetString(0), null, null));
        }
        abroad.RemoveAll(a => a.Concern.Name == a.Home);
        await Neighbourhoods.TieAsync(database, abroad, cancel);
        scopes.AddRange(abroad.Select(a => a.Concern));
        if (scopes.Count > 0) await RefreshAsync(change, await LockAsync(new Touched(scopes, KeySet.Empty), cancel), cancel);
    }

    /// <returns>The facts that concern a neighbourhood where none of their claims is, and that is not tied to theirs; where there are any, not all is written.</returns>
    async Task<List<Abroad>> ComputeAsync(Change change, IReadOnlyCollection<string> scopes, ItemTree items, CancellationToken cancel)
    {
        var decisions = await Decisions.AtAsync(database, null, cancel);
        var moved = new HashSet<(string Recipient, string? Unit)>();
        var abroad = new List<Abroad>();
        // While one parcel is computed, the database writes the one before.
        Task<(Kept Kept, List<Abroad> Abroad)[]>? before = null;
        foreach (var parcel in await Neighbourhoods.ParcelsAsync(database, [.. scopes.Where(s => !Scope.IsOfRequests(s))], ParcelSize, [], cancel))
        {
            var claims = await ClaimStore.ReadAsync(database, parcel, cancel);
            var computed = Task.Run(() => parcel.Zip(claims, (scopes, of) => Of(scopes, Resolution.Of(of, items, decisions))).ToArray(), cancel);
            if (before is not null) moved.UnionWith(await WriteAsync(await before));
            before = computed;
        }
        if (before is not null) moved.UnionWith(await WriteAsync(await before));
        return abroad.Count > 0 ? abroad : await ComputeRequestsAsync(change, [.. scopes.Where(Scope.IsOfRequests)], moved, items, decisions, cancel);

        (Kept, List<Abroad>) Of(string[] scopes, Resolution resolution) => (Kept.Of(scopes, resolution, items, clock.Today), Abroad.Of(scopes, resolution, items));

        async Task<HashSet<(string, string?)>> WriteAsync((Kept Kept, List<Abroad> Abroad)[] computed)
        {
            abroad.AddRange(computed.SelectMany(c => c.Abroad));
            return abroad.Count > 0 ? [] : await _kept.WriteAsync(change, [.. computed.Select(c => c.Kept)], cancel);
        }
    }

    // What is given to a recipient changes how much of its requests is unmet.
    async Task<List<Abroad>> ComputeRequestsAsync(
        Change change, HashSet<string> scopes, HashSet<(string Recipient, string? Unit)> moved, ItemTree items, IReadOnlyList<Decision> decisions, CancellationToken cancel)
    {
        var beside = moved.Select(m => Scope.Requests(m.Recipient, m.Unit)).ToList();
        if (beside.Count > 0)
        {
            await Neighbourhoods.LockRequestsAsync(database, beside, cancel);
            await using var command = await database.CommandAsync(
                "select distinct scope from requests where (recipient, coalesce(unit, '')) in (select * from unnest(@recipients, @units))", cancel,
                new NpgsqlParameter("recipients", moved.Select(m => m.Recipient).ToArray()), new NpgsqlParameter("units", moved.Select(m => m.Unit ?? "").ToArray()));
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel)) scopes.Add(reader.GetString(0));
        }
        var abroad = new List<Abroad>();
        if (scopes.Count == 0) return abroad;
        foreach (var parcel in await Neighbourhoods.ParcelsAsync(database, await Neighbourhoods.ReachAsync(database, scopes, cancel), RequestParcelSize, [], cancel))
        {
            var claims = await ClaimStore.ReadAsync(database, parcel, cancel);
            var resolutions = claims.Select(of => Resolution.Of(of.Where(c => c.Kind is ClaimKind.Request or ClaimKind.Assessment), items, decisions)).ToList();
            abroad.AddRange(parcel.Zip(resolutions, (group, of) => Abroad.Of(group, of, items)).SelectMany(found => found));
            if (abroad.Count > 0) continue;
            var elsewhere = await _kept.ElsewhereAsync(resolutions.SelectMany(r => r.Requests), cancel);
            await _kept.WriteAsync(change, [.. parcel.Zip(resolutions, (group, of) => Kept.Of([.. group.Where(Scope.IsOfRequests)], of, items, clock.Today, elsewhere(of)))], cancel);
        }
        return abroad;
    }

    /// <summary>
    /// Computes what is not kept for a day, some neighbourhoods at a time: rows are kept a week ahead only, and a migration may have emptied them.
    /// Changes no answer, only what it costs.
    /// </summary>
    /// <param name="day">The day.</param>
    /// <param name="after">The neighbourhood to go on after.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The last neighbourhood that was computed; null where there was none left.</returns>
    public async Task<string?> KeepAsync(DateOnly day, string after, CancellationToken cancel)
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        var due = await database.Set<NeighbourhoodRow>().Where(n => (n.KeptFrom > day || n.KeptUntil <= day) && string.Compare(n.Scope, after) > 0)
            .OrderBy(n => n.Scope).Select(n => n.Scope).Take(KeptAtOnce).ToListAsync(cancel);
        if (due.Count == 0) return null;
        var held = await LockAsync(due, cancel);
        await RefreshAsync(await BeginAsync(ChangeKind.Claims, cancel), held, cancel);
        await transaction.CommitAsync(cancel);
        return due[^1];
    }
}
