using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Claims;

/// <summary>
/// Stores claims, one or a million, in one transaction with the facts computed from them.
/// <list type="number">
/// <item>The pipeline opens a transaction and gets the catalogue. A bulk import first waits until no other bulk import runs.</item>
/// <item><see cref="RowChecker"/> validates each row of a batch of up to 1,000 by the rules of <c>POST /v1/claims</c>. The next batch is read and checked
/// while one is stored.</item>
/// <item><see cref="ClaimResolver"/> turns valid rows into claims: it finds parties, items and articles, and fills in units and dates. The next batch is
/// resolved too while one is stored (<see cref="ResolvedBatches"/>).</item>
/// <item><see cref="BatchStore"/> stores new names and articles. <see cref="LockPlan"/> then locks the names used and the articles, and up front the
/// partitions too.</item>
/// <item><see cref="BatchStore"/> stores new and changed claims. It closes older editions, and never overwrites them.</item>
/// <item><see cref="EarlyDeliveryWarnings"/>, <see cref="UnkeyedDeliveryWarnings"/> and <see cref="SharedKeyWarnings"/> add their warnings, and
/// <see cref="ImportReporter"/> receives the batch's result. One refused row refuses the
/// import, unless
/// <c>on_error=skip</c>: the batches that follow are then checked but not stored.</item>
/// <item><see cref="MissingClaims"/> ends or cancels the claims that the file no longer holds, if <c>missing=</c> asks for it.</item>
/// <item><see cref="LockPlan"/> locks the partitions that are not locked yet. <see cref="FactProjector"/> recomputes their facts from all their claims, and
/// <see cref="ImportReporter"/> stores the report. A dry run rolls back instead of that.</item>
/// <item><see cref="ChangeLog"/> appends the change, and commits in the same round trip. A write conflict begins again at the first step.</item>
/// </list>
/// </summary>
internal sealed class ImportPipeline(FactsContext database, WriteCatalogue catalogue, FactProjector projector, ChangeLog changes, TimeProvider clock)
{
    /// <summary>Runs the import, and again from its first row if another writer was first.</summary>
    /// <param name="batches">The rows, up to 1,000 together. Each enumeration begins with the first row.</param>
    /// <param name="options">The options of the import.</param>
    /// <param name="timing">The moment at which partitions are locked. <see cref="LockTiming.UpFront"/> is for a single batch without <c>missing=</c>.</param>
    /// <param name="reporter">Receives the results.</param>
    /// <param name="cancel">Ends the import with nothing written.</param>
    /// <returns>True if anything was committed.</returns>
    public Task<bool> RunAsync(
        IAsyncEnumerable<IReadOnlyList<ParsedRow>> batches, WriteOptions options, LockTiming timing, ImportReporter reporter, CancellationToken cancel) =>
        WriteRetry.RunAsync(database, () => AttemptAsync(batches, options, timing, reporter, cancel), cancel);

    async Task<bool> AttemptAsync(
        IAsyncEnumerable<IReadOnlyList<ParsedRow>> batches, WriteOptions options, LockTiming timing, ImportReporter reporter, CancellationToken cancel)
    {
        var locks = new LockPlan(database, projector, timing);
        var (begun, first) = await WriteTransaction.BeginAsync(database, trip => locks.IsBulk ? null : Ask(trip), cancel);
        await using var transaction = begun;
        await reporter.BeginAsync(cancel);
        if (first is null)
        {
            // Another bulk import may have added names until now.
            await locks.BeginAsync(cancel);
            first = await RoundTrip.SendAsync(database, Ask, cancel);
        }
        var change = new ChangeRecord(first.Change[0], ChangeKind.Claims);
        var names = new NameResolver(await first.Catalogue(), options.CreateMissing);
        var current = new CurrentClaims(database);
        var store = new BatchStore(database, change, options, names, current, locks, clock);
        var missing = new MissingClaims(database, change, options, locks, clock);

        var progress = await StoreBatchesAsync(batches, options, names, current, locks, store, missing, reporter, cancel);
        reporter.AddMissing(progress.Failed == 0 ? await missing.CloseAsync(cancel) : [], missing.Undated);

        // The memory that the rows took is released before computing the facts takes as much again.
        if (locks.IsBulk) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        if (progress.IsRefused || progress.Written == 0 && !names.Any && !missing.HasWritten) return false;
        // The claims written are in locked partitions, and so are all other claims with their keys. So the links that are new lead to no other partition.
        var partitions = await locks.LockPartitionsAsync(cancel);
        var trip = new RoundTrip(database);
        locks.LinkPartitions(trip);
        if (partitions.Count > 0) await projector.RefreshAsync(trip, change, partitions, cancel);
        reporter.AddChange(change);
        reporter.AddCreated(names.Created);
        if (options.DryRun) return false;
        // The report must not end before its change is recorded.
        change.EndsAt = clock.GetUtcNow();
        await reporter.StoreAsync(cancel);
        if (store.HasRankDecisions)
        {
            await changes.AppendAsync(change, cancel);
            await store.UndoRankDecisionsAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        else
        {
            await changes.CommitAsync(transaction, change, cancel);
        }
        return true;

        First Ask(RoundTrip trip)
        {
            locks.KeepPlans(trip);
            return new(ChangeLog.Reserve(trip), catalogue.Ask(trip, database, isOwn: options.CreateMissing != CreateMissing.False, cancel));
        }
    }

    /// <summary>The first questions of an attempt. They are answered once the statements have been sent.</summary>
    /// <param name="Change">The number of the change.</param>
    /// <param name="Catalogue">Gives the catalogue.</param>
    sealed record First(List<long> Change, Func<Task<CatalogueIndex>> Catalogue);

    // A method of its own, so that its locals are garbage when it returns. `DuplicateRows` alone holds about 40 bytes a row: 40 MB for a million rows.
    async Task<Progress> StoreBatchesAsync(
        IAsyncEnumerable<IReadOnlyList<ParsedRow>> batches, WriteOptions options, NameResolver names, CurrentClaims current, LockPlan locks, BatchStore store,
        MissingClaims missing, ImportReporter reporter, CancellationToken cancel)
    {
        var checker = new RowChecker(options);
        var resolver = new ClaimResolver(database, options, names, new DuplicateRows(), clock.Today);
        var cycles = new PartCycles(database);
        var unkeyed = new UnkeyedDeliveryWarnings(names.Tree);
        var progress = new Progress();
        await using var ahead = new ResolvedBatches(batches.Select(checker.Check).PrefetchAsync(cancel), resolver, cancel);
        await ahead.BeginNextAsync();
        while (await ahead.NextAsync() is { } resolved)
        {
            await cycles.RefuseAsync(resolved, cancel);
            progress.RefuseIf(resolved.Errors.Any && !options.SkipRefused);
            var stored = progress.IsRefused ? await CheckOnlyAsync(resolved, ahead, store, cancel)
                : await StoreBatchAsync(resolved, ahead, current, locks, store, unkeyed, cancel);
            progress.RefuseIf(resolved.Errors.Any && !options.SkipRefused);
            missing.Add(stored);
            var result = stored.ToResult(progress.IsRefused);
            progress.Add(result);
            await reporter.AddBatchAsync(resolved.Rows, result, cancel);
        }

        return progress;
    }

    static async Task<StoredBatch> CheckOnlyAsync(ResolvedBatch batch, ResolvedBatches ahead, BatchStore store, CancellationToken cancel)
    {
        await ahead.BeginNextAsync();
        return await store.CheckOnlyAsync(batch, cancel);
    }

    async Task<StoredBatch> StoreBatchAsync(ResolvedBatch batch, ResolvedBatches ahead, CurrentClaims current, LockPlan locks, BatchStore store,
        UnkeyedDeliveryWarnings unkeyed, CancellationToken cancel)
    {
        var trip = new RoundTrip(database);
        await store.StoreNamesAsync(trip, batch, cancel);
        await locks.LockBatchAsync(trip, batch, current, cancel);
        await ahead.BeginNextAsync();
        var stored = await store.StoreAsync(trip, batch, cancel);
        Action[] warnings = [EarlyDeliveryWarnings.Ask(trip, batch), unkeyed.Ask(trip, batch), SharedKeyWarnings.Ask(trip, batch)];
        await trip.SendAsync(cancel);
        // Warnings look at the tree of items, which belongs to the catalogue.
        await ahead.SettledAsync();
        foreach (var warn in warnings) warn();
        return stored;
    }

    /// <summary>Counts of the batches so far.</summary>
    sealed class Progress
    {
        /// <summary>True if a row was refused and the import with it. It stays so.</summary>
        public bool IsRefused { get; private set; }

        public int Written { get; private set; }
        public int Failed { get; private set; }

        public void RefuseIf(bool isRefused) => IsRefused |= isRefused;

        public void Add(WriteResult result)
        {
            Written += result.Created + result.Updated;
            Failed += result.Failed;
        }
    }
}
