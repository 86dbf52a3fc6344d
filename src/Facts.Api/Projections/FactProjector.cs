using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Projections;

/// <summary>
/// Keeps facts, links and balance totals equal to the core's functions of the claims, in the transaction that changes a claim. It recomputes only the
/// partitions that a change affects. A writer begins a change, locks its partitions, stores its claims, refreshes the partitions and appends the change just
/// before it commits.
/// </summary>
internal sealed class FactProjector(FactsContext database, Crowds crowds, TimeProvider clock)
{
    /// <summary>Claims that are computed at a time. It bounds the memory of a large import.</summary>
    const int BatchSize = 5_000;

    /// <summary>Claims of requests that are computed at a time. Fewer, because everything supplied to their recipients is read with them.</summary>
    const int RequestBatchSize = 500;

    /// <summary>
    /// Most claims whose projections a write computes for all days. A larger write covers only the days around today and leaves the others to
    /// <see cref="ExtendAsync"/>, since all days take about twice as long.
    /// </summary>
    const int MaxClaimsForAllDays = 500;

    /// <summary>Partitions that are extended in one transaction. Few, because other writers of these partitions wait for it.</summary>
    const int MaxPartitionsExtended = 200;

    readonly ProjectionWriter _writer = new(database, clock);

    /// <summary>Locks the item tree and all partitions that a write may change, until the transaction ends.</summary>
    /// <returns>All locked partitions.</returns>
    public Task<HashSet<string>> LockAsync(WriteSet writes, CancellationToken cancel)
    {
        var trip = new RoundTrip(database);
        CatalogueLocks.LockTreeShared(trip);
        return Partitions.LockAsync(database, trip, writes, cancel);
    }

    /// <summary>Locks the item tree and the partitions of claims that are stored already, with all connected partitions, until the transaction ends.</summary>
    /// <returns>All locked partitions.</returns>
    public Task<HashSet<string>> LockAsync(IReadOnlyCollection<string> partitions, CancellationToken cancel) =>
        LockAsync(new WriteSet([.. partitions.Select(name => new PartitionKey(name, null, null))], KeySet.Empty), cancel);

    /// <summary>Recomputes the projections of partitions from their claims.</summary>
    /// <param name="change">Records which facts and balances changed.</param>
    /// <param name="partitions">All partitions that the writer has locked.</param>
    /// <param name="cancel">Ends the computation.</param>
    public Task RefreshAsync(ChangeRecord change, IReadOnlyCollection<string> partitions, CancellationToken cancel) =>
        RefreshAsync(new RoundTrip(database), change, partitions, cancel);

    /// <summary>Recomputes the projections of partitions from their claims.</summary>
    /// <param name="trip">Statements that are to be sent first.</param>
    /// <param name="change">Records which facts and balances changed.</param>
    /// <param name="partitions">All partitions that the writer has locked.</param>
    /// <param name="cancel">Ends the computation.</param>
    public Task RefreshAsync(RoundTrip trip, ChangeRecord change, IReadOnlyCollection<string> partitions, CancellationToken cancel) =>
        RefreshAsync(trip, change, partitions, MaxClaimsForAllDays, cancel);

    async Task RefreshAsync(
        RoundTrip trip, ChangeRecord change, IReadOnlyCollection<string> partitions, int maxClaimsForAllDays, CancellationToken cancel)
    {
        while (await AttemptAsync() is { Count: > 0 } missing)
        {
            // Rows of the attempt that are not sent yet are forgotten with those that are.
            trip = new RoundTrip(database);
            change.Forget();
            partitions = [.. partitions.Union(await Partitions.LinkAndLockAsync(database, missing, cancel))];
        }

        async Task<List<MissingPartitionLink>> AttemptAsync()
        {
            await using var attempt = WriteTransaction.Savepoint(database, trip);
            var missing = await ComputeAsync(trip, change, partitions, maxClaimsForAllDays, cancel);
            if (missing.Count > 0) return missing;
            await trip.SendAsync(cancel);
            await attempt.CommitAsync(cancel);
            return missing;
        }
    }

    /// <summary>
    /// Recomputes the projections that depend on the place of an item, after it moved: the partitions whose claims name it or an item below it, all connected
    /// partitions, and the requests that they supply. The partitions are linked to those of the item's new tree. Other writers of claims wait until it ends.
    /// </summary>
    public async Task RecomputeMovedItemAsync(ChangeRecord change, string item, CancellationToken cancel)
    {
        await CatalogueLocks.LockTreeAsync(database, cancel);
        var items = await CatalogueStore.TreeAsync(database, cancel);
        var trees = items.Trees(CodeSet.From(item));
        var (missing, partitions) = (new List<MissingPartitionLink>(), new List<PartitionKey>());
        await using (var command = await database.CommandAsync(
            Sql.Text("Projections", "partitions_of_items"), cancel, new NpgsqlParameter("items", items.Under(item).ToArray())))
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
            {
                var unit = reader.IsDBNull(3) ? null : reader.GetString(3);
                missing.Add(new(reader.GetString(0), PartitionKey.From(CodeSet.From(reader.GetFieldValue<string[]>(1)), reader.GetString(2), trees, unit)));
            }
            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel)) partitions.Add(new(reader.GetString(0), null, null));
        }
        missing.RemoveAll(m => m.Concern.Name == m.Home);
        await Partitions.LinkAsync(database, missing, cancel);
        partitions.AddRange(missing.Select(m => m.Concern));
        if (partitions.Count > 0) await RefreshAsync(change, await LockAsync(new WriteSet(partitions, KeySet.Empty), cancel), cancel);
    }

    /// <summary>
    /// Extends projections, some partitions at a time: those that a large write left to cover all days, and those that do not cover a day because
    /// the rows of a crowd are computed only a week ahead. This changes no answer, only its cost.
    /// </summary>
    /// <param name="day">The day to cover; null to extend only those that a large write left.</param>
    /// <param name="after">Only partitions whose name sorts after this one.</param>
    /// <param name="cancel">Ends the computation.</param>
    /// <returns>The last partition that was computed; null where none was left.</returns>
    public async Task<string?> ExtendAsync(DateOnly? day, string after, CancellationToken cancel)
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        var rows = database.Set<PartitionRow>();
        var wanted = day is null ? rows.Where(p => p.IsDeferred) : rows.Where(p => p.IsDeferred || p.ComputedFrom > day || p.ComputedUntil <= day);
        var uncovered = await wanted.Where(p => string.Compare(p.Partition, after) > 0)
            .OrderBy(p => p.Partition).Select(p => p.Partition).Take(MaxPartitionsExtended).ToListAsync(cancel);
        if (uncovered.Count == 0) return null;
        var locked = await LockAsync(uncovered, cancel);
        // No claim has changed, so nothing is appended to the change log.
        await RefreshAsync(new RoundTrip(database), new ChangeRecord(0, ChangeKind.Claims), locked, int.MaxValue, cancel);
        await transaction.CommitAsync(cancel);
        return uncovered[^1];
    }

    /// <summary>
    /// Discards all projections, which leaves them to <see cref="ExtendAsync"/>. Until then each query computes its answer from the claims. All writers of
    /// claims wait until this is stored.
    /// </summary>
    /// <returns>The number of partitions.</returns>
    public async Task<int> DiscardAsync(CancellationToken cancel)
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        await CatalogueLocks.LockTreeAsync(database, cancel);
        database.Database.SetCommandTimeout(TimeSpan.Zero);
        await database.Database.ExecuteSqlAsync(
            $"delete from links; delete from totals; delete from candidates; delete from requests; delete from commitments; delete from deliveries", cancel);
        var partitions = await database.Database.ExecuteSqlAsync(
            $"update partitions set computed_from = '-infinity', computed_until = '-infinity', is_deferred = true, version = null", cancel);
        await transaction.CommitAsync(cancel);
        return partitions;
    }

    /// <summary>The number of partitions that are left to <see cref="ExtendAsync"/>.</summary>
    public Task<int> CountDeferredAsync(CancellationToken cancel) => database.Set<PartitionRow>().CountAsync(p => p.IsDeferred, cancel);

    /// <summary>Computes projections and writes them. The last rows are left in the round trip.</summary>
    /// <returns>The missing partition links; where there are any, the projections are not all written.</returns>
    async Task<List<MissingPartitionLink>> ComputeAsync(
        RoundTrip trip, ChangeRecord change, IReadOnlyCollection<string> partitions, int maxClaimsForAllDays, CancellationToken cancel)
    {
        string[] withoutRequests = [.. partitions.Where(name => !PartitionKey.IsOfRequests(name))];
        // The tree is read after the locks are taken: an item may have moved since the write began.
        var (stored, decisions) = (CatalogueStore.AskItems(trip), Decisions.Ask(trip, database));
        var batches = Partitions.AskBatches(trip, withoutRequests, BatchSize, []);
        await trip.SendAsync(cancel);
        var items = new ItemTree(stored);
        var supplied = new HashSet<(string Recipient, string? Unit)>();
        var missing = new List<MissingPartitionLink>();
        // While one batch is computed, the database writes the batch before it.
        Task<(Projection Projection, List<MissingPartitionLink> Missing)[]>? previous = null;
        var isForAllDays = true;
        foreach (var batch in batches())
        {
            var (crowd, claims) = await ReadAsync(batch);
            isForAllDays &= previous is null && crowd is null && claims.Sum(of => of.Count) <= maxClaimsForAllDays;
            var ofAllDays = isForAllDays;
            var computing = Task.Run(
                () => crowd is not null ? [ComputeCrowd(crowd)]
                    : batch.Zip(claims, (group, of) => Compute(group, Resolution.From(of, items, decisions, cancel), ofAllDays)).ToArray(), cancel);
            if (previous is not null) supplied.UnionWith(await WriteAsync(await previous));
            previous = computing;
        }
        if (previous is not null) supplied.UnionWith(await WriteAsync(await previous));
        return missing.Count > 0 ? missing
            : await ComputeRequestsAsync(trip, change, [.. partitions.Where(PartitionKey.IsOfRequests)], supplied, items, decisions, isForAllDays, cancel);

        (Projection, List<MissingPartitionLink>) Compute(string[] group, Resolution resolution, bool ofAllDays) =>
            (Projection.Compute(group, resolution, items, clock.Today, ofAllDays), MissingPartitionLink.Find(group, resolution.Facts, items));

        (Projection, List<MissingPartitionLink>) ComputeCrowd(Crowd crowd)
        {
            var resolution = crowd.Resolve(items, decisions, cancel);
            return (Projection.Compute(crowd.Partitions, resolution, items, clock.Today, isForAllDays: false, crowd: crowd),
                crowd.FindMissingLinks(resolution, items));
        }

        // A single large group is a crowd, unless it is to cover all days: then it is computed in the background, where nobody waits.
        async Task<(Crowd?, List<Claim>[])> ReadAsync(List<string[]> batch)
        {
            if (batch is not [var group] || maxClaimsForAllDays > MaxClaimsForAllDays) return (null, await ClaimStore.ReadAsync(database, batch, cancel));
            var crowd = crowds.Take(group);
            if (crowd is null) crowd = new(group, await ClaimStore.ReadAsync(database, group, null, cancel));
            else await crowd.ReadAsync(database, cancel);
            return crowd.Count > maxClaimsForAllDays ? (crowd, []) : (null, [[.. crowd.Claims]]);
        }

        async Task<HashSet<(string, string?)>> WriteAsync((Projection Projection, List<MissingPartitionLink> Missing)[] computed)
        {
            missing.AddRange(computed.SelectMany(c => c.Missing));
            if (missing.Count > 0) return [];
            var changed = await _writer.WriteAsync(trip, change, [.. computed.Select(c => c.Projection)], cancel);
            foreach (var crowd in computed.Select(c => c.Projection.Crowd).OfType<Crowd>()) crowds.Keep(crowd);
            return changed;
        }
    }

    /// <summary>Recomputes the requests of partitions, and of the recipients and units whose supply changed, since supply reduces the unmet need.</summary>
    async Task<List<MissingPartitionLink>> ComputeRequestsAsync(
        RoundTrip trip, ChangeRecord change, HashSet<string> partitions, HashSet<(string Recipient, string? Unit)> supplied,
        ItemTree items, IReadOnlyList<Decision> decisions, bool isForAllDays, CancellationToken cancel)
    {
        if (supplied.Count > 0)
        {
            var place = Partitions.LockRequests(trip, [.. supplied.Select(s => PartitionKey.Requests(s.Recipient, s.Unit))]);
            var found = trip.Ask(
                "select distinct partition from requests where (recipient, coalesce(unit, '')) in (select * from unnest(@recipients, @units))",
                r => r.GetString(0), new NpgsqlParameter("recipients", supplied.Select(s => s.Recipient).ToArray()),
                new NpgsqlParameter("units", supplied.Select(s => s.Unit ?? "").ToArray()));
            await database.WaitAsync(place, () => trip.SendAsync(cancel), cancel);
            partitions.UnionWith(found);
        }
        var missing = new List<MissingPartitionLink>();
        if (partitions.Count == 0) return missing;
        await trip.SendAsync(cancel);
        foreach (var batch in await Partitions.BatchesAsync(
            database, await Partitions.ConnectedAsync(database, partitions, cancel), RequestBatchSize, [], cancel))
        {
            var claims = await ClaimStore.ReadAsync(database, batch, cancel);
            var resolutions = claims.Select(of => Resolution.From(of.Where(c => c.Kind is ClaimKind.Request or ClaimKind.Assessment), items, decisions, cancel))
                .ToList();
            missing.AddRange(
                batch.Zip(resolutions, (group, resolution) => MissingPartitionLink.Find(group, resolution.Facts, items)).SelectMany(found => found));
            if (missing.Count > 0) continue;
            await trip.SendAsync(cancel);
            var supplies = await SupplyReader.ReadAsync(
                database, resolutions.SelectMany(r => r.Requests), isForAllDays ? DateOnly.MinValue : Projection.FirstOfFewDays(clock.Today),
                DateOnly.MaxValue, [], cancel);
            await _writer.WriteAsync(trip, change,
            [
                .. batch.Zip(resolutions, (group, resolution) => Projection.Compute(
                    [.. group.Where(PartitionKey.IsOfRequests)], resolution, items, clock.Today, isForAllDays, supplies.For(resolution))),
            ], cancel);
        }
        return missing;
    }
}
