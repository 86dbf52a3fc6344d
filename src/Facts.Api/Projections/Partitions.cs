using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Projections;

/// <summary>
/// Finds, links and locks partitions. The order in which they are locked is in <c>Database/Locks/README.md</c>.
/// </summary>
internal static class Partitions
{
    /// <summary>The connected partitions: those given, and all that links lead to, directly or through others.</summary>
    public static async Task<string[]> ConnectedAsync(FactsContext database, IEnumerable<string> partitions, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(
            Sql.Text("Projections", "connected_partitions"), cancel, new NpgsqlParameter("partitions", partitions.Distinct().ToArray()));
        return await NamesAsync(command, cancel);
    }

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
    /// <returns>All locked partitions.</returns>
    public static async Task<HashSet<string>> LockAsync(FactsContext database, WriteSet writes, CancellationToken cancel)
    {
        await PartitionLocks.LockKeysAsync(database, writes.Keys.Names, cancel);
        List<PartitionKey> described = [.. writes.Partitions];
        var ofKeys = await OfKeysAsync(database, writes.Keys, cancel);
        // Two writers that add partitions with one review key meet at the row of that key, so the later one sees the partition of the earlier one.
        var partitions = writes.Partitions.Select(p => p.Name).Concat(ofKeys.Select(k => k.Partition))
            .Concat(writes.Partitions.SelectMany(p => PartitionKey.ReviewKeys(p.Name)).Select(key => PartitionKey.Alone(key).Name))
            .ToHashSet(StringComparer.Ordinal);
        for (; ; )
        {
            partitions.UnionWith(await ConnectedAsync(database, partitions, cancel));
            if (partitions.Any(PartitionKey.IsOfRequests))
            {
                var requests = await RequestsSuppliedAsync(database, partitions, writes.Partitions, cancel);
                described.AddRange(requests);
                partitions.UnionWith(requests.Select(r => r.Name));
            }
            var attempt = await WriteTransaction.BeginAsync(database, cancel);
            await LockAsync(database, partitions, described, cancel);
            var connected = await ConnectedAsync(database, partitions, cancel);
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
        if (!await WriteTransaction.TryLockOutOfOrderAsync(database, async () => locked = await LockAsync(database, writes, cancel), cancel))
            throw new WriteConflictException();
        await LinkAsync(database, missing, cancel);
        return locked;
    }

    /// <summary>Locks further partitions of requests. Their names sort after the partitions of commitments and deliveries, so the order is kept.</summary>
    public static Task LockRequestsAsync(FactsContext database, IReadOnlyCollection<PartitionKey> requests, CancellationToken cancel) =>
        LockAsync(database, [.. requests.Select(r => r.Name)], requests, cancel);

    /// <summary>Adds missing links: each partition and the one that it concerns get a common key.</summary>
    public static Task LinkAsync(FactsContext database, IReadOnlyCollection<MissingPartitionLink> missing, CancellationToken cancel) => LinkAsync(
        database, [.. missing.SelectMany(m => new[] { m.Home, m.Concern.Name }, (m, partition) => (partition, PartitionKey.ConcernKey(m.Concern.Name)))],
        cancel);

    /// <summary>Links the partitions whose claims name a common key. To be called after the claims that name the keys are stored.</summary>
    public static async Task LinkAsync(FactsContext database, KeySet keys, CancellationToken cancel)
    {
        if (keys.IsEmpty) return;
        await using var command = await database.CommandAsync(
            $"""
            with naming (key, partition) as ({Sql.Text("Projections", "partitions_of_keys")})
            insert into partition_links (partition, key)
            select partition, key
            from naming
            where key in (select key from naming group by key having count(*) > 1)
            on conflict do nothing
            """, cancel, keys.Parameters());
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Links partitions by keys that no claim names, such as the key of an editor's decision. Partitions with a common key are linked.</summary>
    public static async Task LinkAsync(FactsContext database, IReadOnlyCollection<(string Partition, string Key)> links, CancellationToken cancel)
    {
        if (links.Count == 0) return;
        await database.Database.ExecuteSqlAsync(
            $"""
            insert into partition_links (partition, key)
            select distinct partition, key
            from unnest({links.Select(l => l.Partition).ToArray()}, {links.Select(l => l.Key).ToArray()}) as link (partition, key)
            on conflict do nothing
            """, cancel);
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
        CancellationToken cancel)
    {
        if (partitions.Count == 0) return [];
        if (partitions.Count == 1) return [[[.. partitions]]];
        var names = partitions.ToArray();
        await using var reading = await database.BatchAsync(cancel);
        reading.Add("select partition, count(*) from claims where partition = any (@partitions) group by partition",
            new NpgsqlParameter("partitions", names));
        reading.Add("select key, partition from partition_links where partition = any (@partitions)", new NpgsqlParameter("partitions", names));
        await using var reader = await reading.ExecuteReaderAsync(cancel);
        var counts = (await RowsAsync(reader, r => (Partition: r.GetString(0), Count: r.GetInt64(1)), cancel))
            .ToDictionary(c => c.Partition, c => c.Count, StringComparer.Ordinal);
        await reader.NextResultAsync(cancel);
        var links = await RowsAsync(reader, r => (Key: r.GetString(0), Partition: r.GetString(1)), cancel);
        var batches = new List<List<string[]>>();
        var batch = new List<string[]>();
        long claimsInBatch = 0;
        foreach (var group in ConnectedGroups(names, [.. links, .. extraLinks]))
        {
            var claims = group.Sum(p => counts.GetValueOrDefault(p));
            if (batch.Count > 0 && claimsInBatch + claims > maxClaims)
            {
                batches.Add(batch);
                (claimsInBatch, batch) = (0, []);
            }
            batch.Add([.. group]);
            claimsInBatch += claims;
        }
        batches.Add(batch);
        return batches;
    }

    static IEnumerable<List<string>> ConnectedGroups(string[] partitions, List<(string Key, string Partition)> links)
    {
        var byKey = links.ToLookup(l => l.Key, l => l.Partition, StringComparer.Ordinal);
        var keysOf = links.ToLookup(l => l.Partition, l => l.Key, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var first in partitions)
        {
            if (!seen.Add(first)) continue;
            var group = new List<string> { first };
            for (var i = 0; i < group.Count; i++)
                group.AddRange(keysOf[group[i]].SelectMany(key => byKey[key]).Where(seen.Add));
            yield return group;
        }
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

    static Task LockAsync(FactsContext database, IReadOnlyCollection<string> partitions, IEnumerable<PartitionKey> described, CancellationToken cancel)
    {
        var subjects = described.Where(p => p.Recipient is not null).DistinctBy(p => p.Name)
            .ToDictionary(p => p.Name, p => (p.Recipient, p.Unit), StringComparer.Ordinal);
        var links = partitions.SelectMany(PartitionKey.ReviewKeys, (partition, key) => (partition, key)).ToList();
        return PartitionLocks.LockAsync(database, partitions, subjects, links, cancel);
    }

    static async Task<List<(string Key, string Partition)>> OfKeysAsync(FactsContext database, KeySet keys, CancellationToken cancel)
    {
        if (keys.IsEmpty) return [];
        await using var command = await database.CommandAsync(Sql.Text("Projections", "partitions_of_keys"), cancel, keys.Parameters());
        return await ReadAsync(command, r => (r.GetString(0), r.GetString(1)), cancel);
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
