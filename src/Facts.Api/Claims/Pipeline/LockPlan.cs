using Facts.Api.Database;
using Facts.Api.Projections;

namespace Facts.Api.Claims;

/// <summary>
/// The locks of one attempt of an import, and when each is taken. Their order is the list in <c>Database/Locks/README.md</c>.
/// <see cref="LockTiming"/> decides whether tree, keys and partitions are locked before the batch is stored or after the last batch.
/// </summary>
internal sealed class LockPlan(FactsContext database, FactProjector projector, LockTiming timing)
{
    readonly HashSet<string> _usedParties = new(StringComparer.Ordinal), _usedItems = new(StringComparer.Ordinal);
    Dictionary<string, PartitionKey> _partitions = new(StringComparer.Ordinal);
    HashSet<string> _locked = [];

    // Keys that claims written so far name.
    KeySet _keys = KeySet.Empty;

    /// <summary>True if many batches come, which together may take hours.</summary>
    public bool IsBulk => timing == LockTiming.Bulk;

    /// <summary>Waits until no other bulk import runs, if this is one.</summary>
    public Task BeginAsync(CancellationToken cancel) => IsBulk ? BulkImportLock.BeginAsync(database, cancel) : Task.CompletedTask;

    /// <summary>
    /// Lets the statements of a single batch keep their plans. PostgreSQL would plan most of them anew for each write, since it takes every array for longer
    /// than those of one claim are. That takes longer than running them. It does not compile them either, however long it takes the arrays for.
    /// </summary>
    public void KeepPlans(RoundTrip trip)
    {
        if (timing != LockTiming.UpFront) return;
        trip.Add("set local plan_cache_mode = force_generic_plan");
        trip.Add("set local jit = off");
    }

    /// <summary>Stores new names and articles. A write other than a bulk import restarts if a bulk import has created one of them and has not ended.</summary>
    /// <param name="trip">Statements that are to be sent first. It may have statements of <paramref name="store"/> afterwards.</param>
    /// <param name="store">Stores them.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task StoreNamesAsync(RoundTrip trip, Func<Task> store, CancellationToken cancel)
    {
        if (!IsBulk)
        {
            await BulkImportLock.NameAsync(database, trip, store, cancel);
            return;
        }
        await trip.SendAsync(cancel);
        await store();
    }

    /// <summary>Locks the names and stored articles of a batch, and its partitions if they are locked up front.</summary>
    /// <param name="trip">Statements that are to be sent first.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="current">The claims that count now.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="WriteConflictException">A party or item was deleted meanwhile. The next attempt reports it as unknown.</exception>
    /// <exception cref="ArticleLockedException">Another writer holds an article.</exception>
    public async Task LockBatchAsync(RoundTrip trip, ResolvedBatch batch, CurrentClaims current, CancellationToken cancel)
    {
        var (used, locked) = LockNames(trip, batch);
        long[] articles = [.. batch.Claims.Select(c => c.Article.Id).Distinct().Where(id => !current.IsCreatedHere(id))];
        var lockedArticles = IsBulk ? [] : ArticleLocks.Lock(trip, articles, alone: timing == LockTiming.AtEnd);
        await trip.SendAsync(cancel);
        if (locked.Sum() < used) throw new WriteConflictException();
        if (IsBulk) await ArticleLocks.LockForImportAsync(database, articles, cancel);
        else ArticleLocks.RequireLocked(articles, lockedArticles);
        if (timing != LockTiming.UpFront) return;
        foreach (var claim in batch.Claims) Add(claim.Row);
        var counting = (await current.ReadAsync(batch, cancel)).Values;
        foreach (var claim in counting) Add(claim);
        foreach (var amendment in (await current.ReadAmendmentsAsync(counting, cancel)).SelectMany(a => a)) Add(amendment);
        _locked = await projector.LockAsync(new WriteSet([.. _partitions.Values], _keys), cancel);
    }

    /// <summary>Checks that claims, read once the locks were held, are still in locked partitions. Another writer may have moved one before that.</summary>
    /// <exception cref="WriteConflictException">One is elsewhere.</exception>
    public void RequireLocked(IEnumerable<ClaimRow> claims)
    {
        if (timing == LockTiming.UpFront && claims.Any(c => !_locked.Contains(c.Partition))) throw new WriteConflictException();
    }

    /// <summary>Adds the partition and the keys of a claim that is written or superseded.</summary>
    public void Add(ClaimRow claim)
    {
        if (!_partitions.ContainsKey(claim.Partition)) _partitions[claim.Partition] = PartitionKey.Stored(claim.Partition, claim.Recipient, claim.Unit);
        ClaimRows.AddKeys(claim, _keys);
    }

    /// <summary>Locks all partitions written, unless they were locked up front.</summary>
    /// <returns>The partitions locked.</returns>
    public async Task<HashSet<string>> LockPartitionsAsync(CancellationToken cancel)
    {
        if (timing == LockTiming.UpFront) return _locked;
        _locked = await projector.LockAsync(new WriteSet([.. _partitions.Values], _keys), cancel);
        _partitions = [];
        return _locked;
    }

    /// <summary>Links the partitions that share a key that claims written name. Call once, when all of these are stored and their partitions locked.</summary>
    public void LinkPartitions(RoundTrip trip)
    {
        Partitions.Link(trip, _keys);
        // A large import has a million keys.
        _keys = KeySet.Empty;
    }

    // The number of names, and the number of those that are there once the statements have been sent.
    (int Used, List<long> Locked) LockNames(RoundTrip trip, ResolvedBatch batch)
    {
        var rows = batch.Claims.Select(c => c.Row).ToList();
        var parties = rows.SelectMany(r => r.Recipient is { } recipient ? r.Donors.Append(recipient) : r.Donors).Distinct().Where(_usedParties.Add).ToArray();
        var items = rows.SelectMany(r => r.Items).Distinct().Where(_usedItems.Add).ToArray();
        var used = parties.Length + items.Length;
        return (used, used == 0 ? [] : CatalogueLocks.LockUsed(trip, parties, items));
    }
}
