using Facts.Api.Database;
using Npgsql;

namespace Facts.Api.Projections;

/// <summary>
/// Finds, links and locks partitions. The order in which they are locked is in <c>Database/Locks/README.md</c>.
/// </summary>
internal static class Partitions
{
    static readonly string ConnectedTo = Connected("select unnest(@partitions::text[])");

    static readonly string ConnectedByKeys = Connected(
        $"select unnest(@partitions::text[]) union select partition from ({Sql.Text("Projections", "partitions_of_keys")}) as naming");

    /// <summary>The connected partitions: those given, and all that links lead to, directly or through others.</summary>
    public static Task<List<string>> ConnectedAsync(FactsContext database, IEnumerable<string> partitions, CancellationToken cancel) =>
        RoundTrip.SendAsync(database, trip => AskConnected(trip, partitions, KeySet.Empty), cancel);

    /// <summary>Asks in a round trip for the connected partitions of those given and of those whose claims name one of the keys.</summary>
    /// <returns>The names, which are in the list once the statements have been sent.</returns>
    static List<string> AskConnected(RoundTrip trip, IEnumerable<string> partitions, KeySet keys)
    {
        var given = new NpgsqlParameter("partitions", partitions.Distinct().ToArray());
        return keys.IsEmpty ? trip.Ask(ConnectedTo, r => r.GetString(0), given)
            : trip.Ask(ConnectedByKeys, r => r.GetString(0), [given, .. keys.Parameters()]);
    }

    static string Connected(string first) => Sql.Text("Projections", "connected_partitions").Replace("@first", first, StringComparison.Ordinal);

    /// <summary>The partitions that can affect the fact that a claim is about; none where the claim does not exist.</summary>
    public static async Task<string[]> OfClaimAsync(FactsContext database, long claim, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(Sql.Text("Projections", "partitions_of_claims"), cancel, new NpgsqlParameter("claim", claim));
        return await NamesAsync(command, cancel);
    }

    /// <summary>The partitions that can affect facts of the parties, items and units in a query.</summary>
    public static async Task<string[]> ForQueryAsync(FactsContext database, NameFilter names, CancellationToken cancel)
    {
        await using var command = names == NameFilter.All
            ? await database.CommandAsync("select partition from partitions", cancel)
            : await database.CommandAsync(Sql.Text("Projections", "partitions_for_query"), cancel,
                Sql.ArrayParameter("donors", names.Donors), Sql.ArrayParameter("recipients", names.Recipients),
                Sql.ArrayParameter("items", names.Items), Sql.ArrayParameter("units", names.Units));
        return await NamesAsync(command, cancel);
    }

    /// <summary>
    /// Locks the partitions of a write set and all partitions connected to them, until the transaction ends. Reads after it see everything that earlier
    /// writers of these partitions stored.
    /// </summary>
    /// <param name="database">Its transaction is open.</param>
    /// <param name="trip">Statements that are to be sent first.</param>
    /// <param name="writes">The write set.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>All locked partitions. No link leads to another partition, and claims with the keys of the write set are in no other.</returns>
    public static async Task<HashSet<string>> LockAsync(FactsContext database, RoundTrip trip, WriteSet writes, CancellationToken cancel)
    {
        List<PartitionKey> described = [.. writes.Partitions];
        // Two writers that add partitions with one review key meet at the row of that key, so the later one sees the partition of the earlier one.
        var partitions = writes.Partitions.Select(p => p.Name)
            .Concat(writes.Partitions.SelectMany(p => PartitionKey.ReviewKeys(p.Name)).Select(key => PartitionKey.Alone(key).Name))
            .ToHashSet(StringComparer.Ordinal);
        var key = PartitionLocks.LockKeys(trip, writes.Keys.Names);
        var wanted = AskConnected(trip, partitions, writes.Keys);
        if (key is null) await trip.SendAsync(cancel);
        else await database.WaitAsync(key, () => trip.SendAsync(cancel), cancel);
        partitions.UnionWith(wanted);
        for (; ; )
        {
            if (partitions.Any(PartitionKey.IsOfRequests))
            {
                var requests = await RequestsSuppliedAsync(database, partitions, writes.Partitions, cancel);
                described.AddRange(requests);
                partitions.UnionWith(requests.Select(r => r.Name));
            }
            var attempt = WriteTransaction.Savepoint(database, trip);
            var place = Lock(trip, partitions, described);
            var connected = AskConnected(trip, partitions, KeySet.Empty);
            await database.WaitAsync(place, () => trip.SendAsync(cancel), cancel);
            if (partitions.IsSupersetOf(connected))
            {
                await attempt.CommitAsync(cancel);
                return partitions;
            }
            // An earlier writer has linked more partitions. These locks are released, so that the larger set is locked in order.
            await attempt.DisposeAsync();
            partitions.UnionWith(connected);
        }
    }

    /// <summary>
    /// Links and locks partitions that were discovered while computing. These locks are taken out of order; if another writer holds one,
    /// <see cref="WriteConflictException"/> restarts the write.
    /// </summary>
    /// <returns>The newly locked partitions.</returns>
    public static async Task<HashSet<string>> LinkAndLockAsync(
        FactsContext database, IReadOnlyCollection<MissingPartitionLink> missing, CancellationToken cancel)
    {
        HashSet<string> locked = [];
        var writes = new WriteSet([.. missing.Select(m => m.Concern)], KeySet.Empty);
        if (!await WriteTransaction.TryLockOutOfOrderAsync(database, LockAsync, cancel)) throw new WriteConflictException();
        await LinkAsync(database, missing, cancel);
        return locked;

        async Task LockAsync() => locked = await Partitions.LockAsync(database, new RoundTrip(database), writes, cancel);
    }

    /// <summary>Locks further partitions of requests. Their names sort after the partitions of commitments and deliveries, so the order is kept.</summary>
    /// <returns>The place that writers of the first of them meet in.</returns>
    public static string LockRequests(RoundTrip trip, IReadOnlyCollection<PartitionKey> requests) => Lock(trip, [.. requests.Select(r => r.Name)], requests);

    /// <summary>Adds missing links: each partition and the one that it concerns get a common key.</summary>
    public static Task LinkAsync(FactsContext database, IReadOnlyCollection<MissingPartitionLink> missing, CancellationToken cancel) => LinkAsync(
        database, [.. missing.SelectMany(m => new[] { m.Home, m.Concern.Name }, (m, partition) => (partition, PartitionKey.ConcernKey(m.Concern.Name)))],
        cancel);

    /// <summary>Links the partitions whose claims name a common key. To be called after the claims that name the keys are stored.</summary>
    public static void Link(RoundTrip trip, KeySet keys)
    {
        if (keys.IsEmpty) return;
        trip.Add(
            $"""
            with naming (key, partition) as ({Sql.Text("Projections", "partitions_of_keys")})
            insert into partition_links (partition, key)
            select partition, key
            from naming
            where key in (select key from naming group by key having count(*) > 1)
            on conflict do nothing
            """, keys.Parameters());
    }

    /// <summary>Links partitions by keys that no claim names, such as the key of an editor's decision. Partitions with a common key are linked.</summary>
    public static Task LinkAsync(FactsContext database, IReadOnlyCollection<(string Partition, string Key)> links, CancellationToken cancel) =>
        RoundTrip.SendAsync(database, trip => Link(trip, links), cancel);

    /// <summary>Links partitions by keys that no claim names, in a round trip.</summary>
    public static void Link(RoundTrip trip, IReadOnlyCollection<(string Partition, string Key)> links)
    {
        if (links.Count == 0) return;
        trip.Add(
            """
            insert into partition_links (partition, key)
            select distinct partition, key
            from unnest(@partitions, @keys) as link (partition, key)
            on conflict do nothing
            """, new NpgsqlParameter("partitions", links.Select(l => l.Partition).ToArray()), new NpgsqlParameter("keys", links.Select(l => l.Key).ToArray()));
    }

    /// <summary>
    /// Batches of groups of connected partitions. Each group can be computed on its own. A batch has more claims than the limit only where a single group has.
    /// </summary>
    /// <param name="database">The store.</param>
    /// <param name="partitions">A set that holds all partitions connected to its members.</param>
    /// <param name="maxClaims">The largest number of claims in a batch.</param>
    /// <param name="extraLinks">Links in addition to those in <c>partition_links</c>.</param>
    /// <param name="cancel">Ends the query in the database too.</param>
    public static async Task<List<List<string[]>>> BatchesAsync(
        FactsContext database, IReadOnlyCollection<string> partitions, int maxClaims, IEnumerable<(string Key, string Partition)> extraLinks,
        CancellationToken cancel) =>
        (await RoundTrip.SendAsync(database, trip => AskBatches(trip, partitions, maxClaims, extraLinks), cancel))();

    /// <summary>Asks for the batches of <see cref="BatchesAsync"/> in a round trip.</summary>
    /// <returns>Gives the batches, once the statements have been sent.</returns>
    public static Func<List<List<string[]>>> AskBatches(
        RoundTrip trip, IReadOnlyCollection<string> partitions, int maxClaims, IEnumerable<(string Key, string Partition)> extraLinks)
    {
        if (partitions.Count == 0) return () => [];
        if (partitions.Count == 1) return () => [[[.. partitions]]];
        List<(string Key, string Partition)> extra = [.. extraLinks];
        PartitionGroups? groups = new([.. partitions.Union(extra.Select(l => l.Partition))]);
        foreach (var (key, partition) in extra) groups.Link(key, partition);
        var asked = partitions.ToArray();
        // `offset 0` makes PostgreSQL use an index, also by a plan that was made while the store was new.
        trip.Read(
            """
            select wanted.partition, count(*)
            from unnest(@partitions) as wanted (partition)
            cross join lateral (select from claims where partition = wanted.partition offset 0) claim
            group by wanted.partition
            """, r => groups.SetClaims(r.GetString(0), r.GetInt64(1)), new NpgsqlParameter("partitions", asked));
        trip.Read(
            """
            select link.key, link.partition
            from unnest(@partitions) as wanted (partition)
            cross join lateral (select key, partition from partition_links where partition = wanted.partition offset 0) link
            """, r => groups.Link(r.GetString(0), r.GetString(1)), new NpgsqlParameter("partitions", asked));
        List<List<string[]>> batches = [];
        return () =>
        {
            // The caller may keep this function while it computes the batches, and the groups take much memory.
            if (groups is not null) (batches, groups) = (groups.Batches(maxClaims), null);
            return batches;
        };
    }

    /// <summary>
    /// The partitions of requests to which the partitions supply. A writer that locks requests at all locks all of these at once. Other writers
    /// lock them at the end, when they sort after all that is locked.
    /// </summary>
    static async Task<List<PartitionKey>> RequestsSuppliedAsync(
        FactsContext database, IEnumerable<string> partitions, IEnumerable<PartitionKey> described, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(
            "select distinct recipient, unit from partitions where partition = any (@partitions) and recipient is not null", cancel,
            new NpgsqlParameter("partitions", partitions.ToArray()));
        var stored = await ReadAsync(command, r => PartitionKey.Requests(r.GetString(0), r.IsDBNull(1) ? null : r.GetString(1)), cancel);
        return [.. stored, .. described.Where(p => p.Recipient is not null).Select(p => PartitionKey.Requests(p.Recipient!, p.Unit))];
    }

    static string Lock(RoundTrip trip, IReadOnlyCollection<string> partitions, IEnumerable<PartitionKey> described)
    {
        var subjects = described.Where(p => p.Recipient is not null).DistinctBy(p => p.Name)
            .ToDictionary(p => p.Name, p => (p.Recipient, p.Unit), StringComparer.Ordinal);
        var links = partitions.SelectMany(PartitionKey.ReviewKeys, (partition, key) => (partition, key)).ToList();
        return PartitionLocks.Lock(trip, partitions, subjects, links);
    }

    static async Task<string[]> NamesAsync(NpgsqlCommand command, CancellationToken cancel) => [.. await ReadAsync(command, r => r.GetString(0), cancel)];

    static async Task<List<T>> ReadAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> row, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await RowsAsync(reader, row, cancel);
    }

    static async Task<List<T>> RowsAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> row, CancellationToken cancel)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(row(reader));
        return rows;
    }
}
