using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Facts.Api.Projections;

/// <summary>
/// Keeps facts, links and running totals equal to the core's functions of the claims, in the transaction that changes a claim. Only the partitions a
/// change touches are computed again. A writer begins a change, waits for its turn, writes, refreshes what it touched, and ends the change just before it commits.
/// </summary>
internal sealed class FactProjector(FactsContext database, TimeProvider clock, AuditContext author)
{
    /// <summary>Claims that are computed at a time: what bounds the memory of a large load.</summary>
    const int BatchSize = 5_000;

    /// <summary>As above, of requests: for each, all that is given to its recipient is read.</summary>
    const int RequestBatchSize = 500;

    /// <summary>Partitions that are computed ahead in one transaction: few, since their writers wait for it.</summary>
    const int MaxPartitionsExtended = 200;

    readonly ProjectionWriter _writer = new(database, clock);

    public async Task<ChangeRecord> BeginAsync(ChangeKind kind, CancellationToken cancel) =>
        new((await database.ReserveAsync("changes_id_seq", 1, cancel))[0], kind);

    /// <summary>Waits for the turn in all that a write touches: see <see cref="Partitions.LockAsync"/>. Until the transaction ends no item moves in the tree.</summary>
    public async Task<HashSet<string>> LockAsync(WriteSet touched, CancellationToken cancel)
    {
        await CatalogueLocks.LockTreeSharedAsync(database, cancel);
        return await Partitions.LockAsync(database, touched, cancel);
    }

    /// <summary>As above, for claims that are stored already.</summary>
    public Task<HashSet<string>> LockAsync(IReadOnlyCollection<string> partitions, CancellationToken cancel) =>
        LockAsync(new WriteSet([.. partitions.Select(s => new PartitionKey(s, null, null))], KeySet.Empty), cancel);

    /// <summary>
    /// Ends a change: gives it its place among all changes and its record time, later than any before it even where the clock was set back. Everybody else's
    /// end waits from here until the commit, so it comes last.
    /// </summary>
    public async Task EndAsync(ChangeRecord change, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(Sql.Text("Changes", "append_change"), cancel,
            new NpgsqlParameter("now", NpgsqlDbType.TimestampTz) { Value = clock.GetUtcNow() },
            new NpgsqlParameter("id", change.Id), new NpgsqlParameter("kind", EnumWords.ToWord(change.Kind)),
            new NpgsqlParameter("first_claim", NpgsqlDbType.Bigint) { Value = (object?)change.FirstClaim ?? DBNull.Value },
            new NpgsqlParameter("last_claim", NpgsqlDbType.Bigint) { Value = (object?)change.LastClaim ?? DBNull.Value },
            new NpgsqlParameter("claims_recorded", change.ClaimsRecorded), new NpgsqlParameter("claims_ended", change.ClaimsEnded),
            new NpgsqlParameter("resources", NpgsqlDbType.Jsonb) { Value = change.ResourcesJson() },
            new NpgsqlParameter("facts_changed", change.FactsChanged), new NpgsqlParameter("facts", NpgsqlDbType.Jsonb) { Value = change.FactsJson() },
            new NpgsqlParameter("balances_moved", change.BalancesMoved), new NpgsqlParameter("balances", NpgsqlDbType.Jsonb) { Value = change.BalancesJson() },
            new NpgsqlParameter("key_id", NpgsqlDbType.Bigint) { Value = (object?)author.Key ?? DBNull.Value }, Text("subject", author.Subject),
            Text("request_id", author.RequestId), Text("method", author.Method), Text("path", author.Path), Text("resource", author.Resource));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        (change.Sequence, change.RecordedAt) = (reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1));
    }

    static NpgsqlParameter Text(string name, string? value) => new(name, NpgsqlDbType.Text) { Value = (object?)value ?? DBNull.Value };

    /// <summary>Computes again what the claims of these partitions amount to.</summary>
    /// <param name="change">Notes which facts and balances that moved.</param>
    /// <param name="partitions">All that the writer holds.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task RefreshAsync(ChangeRecord change, IReadOnlyCollection<string> partitions, CancellationToken cancel)
    {
        // Not as it was when the write began: an item may have moved until the turn came.
        var items = await CatalogueStore.TreeAsync(database, cancel);
        while (await AttemptAsync() is { Count: > 0 } abroad)
        {
            change.Forget();
            partitions = [.. partitions.Union(await Partitions.LinkAndLockAsync(database, abroad, cancel))];
        }

        async Task<List<MissingPartitionLink>> AttemptAsync()
        {
            await using var attempt = await WriteTransaction.BeginAsync(database, cancel);
            var abroad = await ComputeAsync(change, partitions, items, cancel);
            if (abroad.Count == 0) await attempt.CommitAsync(cancel);
            return abroad;
        }
    }

    /// <summary>
    /// Computes again what depends on where an item stands, now that it stands elsewhere: the partitions whose claims name it or what is below it, with all that is tied
    /// to them, and the requests to which something is given there. They are tied to those of the tree in which it stands now. Those who write claims wait for it.
    /// </summary>
    public async Task RecomputeMovedItemAsync(ChangeRecord change, string item, CancellationToken cancel)
    {
        await CatalogueLocks.LockTreeAsync(database, cancel);
        var items = await CatalogueStore.TreeAsync(database, cancel);
        var trees = items.Trees(CodeSet.From(item));
        var (abroad, partitions) = (new List<MissingPartitionLink>(), new List<PartitionKey>());
        await using (var command = await database.CommandAsync(Sql.Text("Projections", "partitions_of_items"), cancel, new NpgsqlParameter("items", items.Under(item).ToArray())))
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
                abroad.Add(new(reader.GetString(0), PartitionKey.From(CodeSet.From(reader.GetFieldValue<string[]>(1)), reader.GetString(2), trees, reader.IsDBNull(3) ? null : reader.GetString(3))));
            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel)) partitions.Add(new(reader.GetString(0), null, null));
        }
        abroad.RemoveAll(a => a.Concern.Name == a.Home);
        await Partitions.LinkAsync(database, abroad, cancel);
        partitions.AddRange(abroad.Select(a => a.Concern));
        if (partitions.Count > 0) await RefreshAsync(change, await LockAsync(new WriteSet(partitions, KeySet.Empty), cancel), cancel);
    }

    /// <returns>The facts that concern a partition where none of their claims is, and that is not tied to theirs; where there are any, not all is written.</returns>
    async Task<List<MissingPartitionLink>> ComputeAsync(ChangeRecord change, IReadOnlyCollection<string> partitions, ItemTree items, CancellationToken cancel)
    {
        var decisions = await Decisions.AtAsync(database, null, cancel);
        var moved = new HashSet<(string Recipient, string? Unit)>();
        var abroad = new List<MissingPartitionLink>();
        // While one batch is computed, the database writes the one before.
        Task<(Projection Kept, List<MissingPartitionLink> Abroad)[]>? before = null;
        foreach (var batch in await Partitions.BatchesAsync(database, [.. partitions.Where(s => !PartitionKey.IsOfRequests(s))], BatchSize, [], cancel))
        {
            var claims = await ClaimStore.ReadAsync(database, batch, cancel);
            var computed = Task.Run(() => batch.Zip(claims, (partitions, of) => Of(partitions, Resolution.From(of, items, decisions))).ToArray(), cancel);
            if (before is not null) moved.UnionWith(await WriteAsync(await before));
            before = computed;
        }
        if (before is not null) moved.UnionWith(await WriteAsync(await before));
        return abroad.Count > 0 ? abroad : await ComputeRequestsAsync(change, [.. partitions.Where(PartitionKey.IsOfRequests)], moved, items, decisions, cancel);

        (Projection, List<MissingPartitionLink>) Of(string[] partitions, Resolution resolution) => (Projection.Compute(partitions, resolution, items, clock.Today), MissingPartitionLink.Find(partitions, resolution, items));

        async Task<HashSet<(string, string?)>> WriteAsync((Projection Kept, List<MissingPartitionLink> Abroad)[] computed)
        {
            abroad.AddRange(computed.SelectMany(c => c.Abroad));
            return abroad.Count > 0 ? [] : await _writer.WriteAsync(change, [.. computed.Select(c => c.Kept)], cancel);
        }
    }

    // What is given to a recipient changes how much of its requests is unmet.
    async Task<List<MissingPartitionLink>> ComputeRequestsAsync(
        ChangeRecord change, HashSet<string> partitions, HashSet<(string Recipient, string? Unit)> moved, ItemTree items, IReadOnlyList<Decision> decisions, CancellationToken cancel)
    {
        var beside = moved.Select(m => PartitionKey.Requests(m.Recipient, m.Unit)).ToList();
        if (beside.Count > 0)
        {
            await Partitions.LockRequestsAsync(database, beside, cancel);
            await using var command = await database.CommandAsync(
                "select distinct partition from requests where (recipient, coalesce(unit, '')) in (select * from unnest(@recipients, @units))", cancel,
                new NpgsqlParameter("recipients", moved.Select(m => m.Recipient).ToArray()), new NpgsqlParameter("units", moved.Select(m => m.Unit ?? "").ToArray()));
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel)) partitions.Add(reader.GetString(0));
        }
        var abroad = new List<MissingPartitionLink>();
        if (partitions.Count == 0) return abroad;
        foreach (var batch in await Partitions.BatchesAsync(database, await Partitions.ConnectedAsync(database, partitions, cancel), RequestBatchSize, [], cancel))
        {
            var claims = await ClaimStore.ReadAsync(database, batch, cancel);
            var resolutions = claims.Select(of => Resolution.From(of.Where(c => c.Kind is ClaimKind.Request or ClaimKind.Assessment), items, decisions)).ToList();
            abroad.AddRange(batch.Zip(resolutions, (group, of) => MissingPartitionLink.Find(group, of, items)).SelectMany(found => found));
            if (abroad.Count > 0) continue;
            var elsewhere = await _writer.OtherSuppliesAsync(resolutions.SelectMany(r => r.Requests), cancel);
            await _writer.WriteAsync(change, [.. batch.Zip(resolutions, (group, of) => Projection.Compute([.. group.Where(PartitionKey.IsOfRequests)], of, items, clock.Today, elsewhere(of)))], cancel);
        }
        return abroad;
    }

    /// <summary>
    /// Computes what is not kept for a day, some partitions at a time: rows are kept a week ahead only, and a migration may have emptied them.
    /// Changes no answer, only what it costs.
    /// </summary>
    /// <param name="day">The day.</param>
    /// <param name="after">The partition to go on after.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The last partition that was computed; null where there was none left.</returns>
    public async Task<string?> ExtendAsync(DateOnly day, string after, CancellationToken cancel)
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        var due = await database.Set<PartitionRow>().Where(n => (n.ComputedFrom > day || n.ComputedUntil <= day) && string.Compare(n.Partition, after) > 0)
            .OrderBy(n => n.Partition).Select(n => n.Partition).Take(MaxPartitionsExtended).ToListAsync(cancel);
        if (due.Count == 0) return null;
        var held = await LockAsync(due, cancel);
        await RefreshAsync(await BeginAsync(ChangeKind.Claims, cancel), held, cancel);
        await transaction.CommitAsync(cancel);
        return due[^1];
    }
}
