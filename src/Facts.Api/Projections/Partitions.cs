using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Projections;

/// <summary>
/// Which partitions belong together, and turns among their writers. Everyone takes turns in one order (keys, then partitions by name), so
/// that nobody ever waits in a circle.
/// </summary>
internal static class Partitions
{
    /// <summary>Keys share this many locks: enough that strangers seldom meet, few enough for a load that names a million.</summary>
    const int KeyLocks = 512;

    /// <summary>Names the space of the key locks among advisory locks.</summary>
    const int KeySpace = 0x6B657973;

    /// <summary>The partitions that share a key, at one remove or several, with those given.</summary>
    public static async Task<string[]> ConnectedAsync(FactsContext database, IEnumerable<string> partitions, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(Sql.Text("Projections", "connected_partitions"), cancel, new NpgsqlParameter("partitions", partitions.Distinct().ToArray()));
        return [.. await ReadAsync(command, r => r.GetString(0), cancel)];
    }

    /// <summary>The partitions that have a say in the fact that a claim is about; none where there is no such claim.</summary>
    public static async Task<string[]> OfClaimAsync(FactsContext database, long claim, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(Sql.Text("Projections", "partitions_of_claims"), cancel, new NpgsqlParameter("claim", claim));
        return [.. await ReadAsync(command, r => r.GetString(0), cancel)];
    }

    /// <summary>The partitions that have a say in facts of those named.</summary>
    public static async Task<string[]> ForQueryAsync(FactsContext database, NameFilter names, CancellationToken cancel)
    {
        await using var command = names == NameFilter.All
            ? await database.CommandAsync("select partition from partitions", cancel)
            : await database.CommandAsync(Sql.Text("Projections", "partitions_for_query"), cancel,
                Sql.ArrayParameter("donors", names.Donors), Sql.ArrayParameter("recipients", names.Recipients), Sql.ArrayParameter("items", names.Items), Sql.ArrayParameter("units", names.Units));
        return [.. await ReadAsync(command, r => r.GetString(0), cancel)];
    }

    /// <summary>
    /// Waits for the turn in all partitions that the write touches and in all tied to them, and holds it until the transaction ends. What is read
    /// afterwards is what the writers before have left.
    /// </summary>
    /// <returns>All of them.</returns>
    public static async Task<HashSet<string>> LockAsync(FactsContext database, WriteSet touched, CancellationToken cancel)
    {
        await LockKeysAsync(database, touched.Keys, cancel);
        List<PartitionKey> known = [.. touched.Partitions];
        var wanted = touched.Partitions.Select(s => s.Name).Concat((await OfKeysAsync(database, touched.Keys, cancel)).Select(n => n.Partition)).ToHashSet(StringComparer.Ordinal);
        for (; ; )
        {
            wanted.UnionWith(await ConnectedAsync(database, wanted, cancel));
            if (wanted.Any(PartitionKey.IsOfRequests))
            {
                var beside = await RequestsSuppliedAsync(database, wanted, touched.Partitions, cancel);
                known.AddRange(beside);
                wanted.UnionWith(beside.Select(s => s.Name));
            }
            var turn = await WriteTransaction.BeginAsync(database, cancel);
            await LockPartitionsAsync(database, wanted, known, cancel);
            // A writer before may have tied more to them. The turn is given back, since one is only ever taken in order.
            var now = await ConnectedAsync(database, wanted, cancel);
            if (wanted.IsSupersetOf(now))
            {
                await turn.CommitAsync(cancel);
                return wanted;
            }
            await turn.DisposeAsync();
            wanted.UnionWith(now);
        }
    }

    /// <summary>
    /// Links partitions to what they concern, and takes the turns there. That is known only when the facts are computed, so it comes out of the order of
    /// turns: where another has one of them, the write begins again.
    /// </summary>
    /// <returns>The partitions that are held besides.</returns>
    public static async Task<HashSet<string>> LinkAndLockAsync(FactsContext database, IReadOnlyCollection<MissingPartitionLink> abroad, CancellationToken cancel)
    {
        HashSet<string> held = [];
        if (!await WriteTransaction.TryLockOutOfOrderAsync(database, async () => held = await LockAsync(database, new WriteSet([.. abroad.Select(a => a.Concern)], KeySet.Empty), cancel), cancel))
            throw new WriteConflictException();
        await LinkAsync(database, abroad, cancel);
        return held;
    }

    /// <summary>Links partitions to what is theirs and concerns another.</summary>
    public static Task LinkAsync(FactsContext database, IReadOnlyCollection<MissingPartitionLink> abroad, CancellationToken cancel) =>
        LinkAsync(database, [.. abroad.SelectMany(a => new[] { a.Home, a.Concern.Name }, (a, partition) => (partition, PartitionKey.ConcernKey(a.Concern.Name)))], cancel);

    /// <summary>
    /// The requests to whom the partitions give. Who writes requests takes all their turns at once; who writes none takes them at the end, when they
    /// sort after all that is held.
    /// </summary>
    static async Task<List<PartitionKey>> RequestsSuppliedAsync(FactsContext database, IEnumerable<string> partitions, IEnumerable<PartitionKey> known, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(
            "select distinct recipient, unit from partitions where partition = any (@partitions) and recipient is not null", cancel, new NpgsqlParameter("partitions", partitions.ToArray()));
        var stored = await ReadAsync(command, r => PartitionKey.Requests(r.GetString(0), r.IsDBNull(1) ? null : r.GetString(1)), cancel);
        return [.. stored, .. known.Where(s => s.Recipient is not null).Select(s => PartitionKey.Requests(s.Recipient!, s.Unit))];
    }

    /// <summary>The turns of further partitions, which sort after all that are held.</summary>
    public static Task LockRequestsAsync(FactsContext database, IReadOnlyCollection<PartitionKey> requests, CancellationToken cancel) =>
        LockPartitionsAsync(database, [.. requests.Select(r => r.Name)], requests, cancel);

    static async Task LockKeysAsync(FactsContext database, KeySet keys, CancellationToken cancel)
    {
        if (keys.IsEmpty) return;
        var locks = keys.Names.Select(LockOf).Distinct().Order().ToArray();
        await using var command = await database.CommandAsync(
            $"select pg_advisory_xact_lock({KeySpace}, lock) from unnest(@locks) as lock", cancel, new NpgsqlParameter("locks", locks));
        await command.ExecuteNonQueryAsync(cancel);
    }

    // The same for every process, and for a million keys computed here rather than sent.
    static int LockOf(string key) => BinaryPrimitives.ReadUInt16LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key))) % KeyLocks;

    static async Task LockPartitionsAsync(FactsContext database, IReadOnlyCollection<string> names, IEnumerable<PartitionKey> known, CancellationToken cancel)
    {
        var described = known.Where(s => s.Recipient is not null).DistinctBy(s => s.Name).ToDictionary(s => s.Name, StringComparer.Ordinal);
        var all = names.ToArray();
        await using var command = await database.CommandAsync(
            """
            insert into partitions (partition, recipient, unit, computed_from, writes)
            select partition, recipient, unit, '-infinity', 0
            from unnest(@partitions, @recipients, @units) as wanted (partition, recipient, unit)
            order by partition
            on conflict (partition) do update
            set writes = partitions.writes + 1
            """, cancel,
            new NpgsqlParameter("partitions", all),
            new NpgsqlParameter("recipients", all.Select(n => described.GetValueOrDefault(n)?.Recipient).ToArray()),
            new NpgsqlParameter("units", all.Select(n => described.GetValueOrDefault(n)?.Unit).ToArray()));
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Links the partitions that share a key now: call once the claims that name it are stored.</summary>
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

    /// <summary>Links partitions by other keys than those that claims name: those of the same key are tied.</summary>
    public static async Task LinkAsync(FactsContext database, IReadOnlyCollection<(string Partition, string Key)> links, CancellationToken cancel)
    {
        if (links.Count == 0) return;
        await database.Database.ExecuteSqlAsync(
            $"""
            insert into partition_links (partition, key)
            select distinct partition, key
            from unnest({links.Select(t => t.Partition).ToArray()}, {links.Select(t => t.Key).ToArray()}) as tie (partition, key)
            on conflict do nothing
            """, cancel);
    }

    static async Task<List<(string Key, string Partition)>> OfKeysAsync(FactsContext database, KeySet keys, CancellationToken cancel)
    {
        if (keys.IsEmpty) return [];
        await using var command = await database.CommandAsync(Sql.Text("Projections", "partitions_of_keys"), cancel, keys.Parameters());
        return await ReadAsync(command, r => (r.GetString(0), r.GetString(1)), cancel);
    }

    /// <summary>
    /// Groups of partitions that are tied together, which can be looked at one by one, in batches of bounded size: none holds many more claims than asked
    /// for unless one group does.
    /// </summary>
    /// <param name="database">Where they are.</param>
    /// <param name="partitions">Closed under links.</param>
    /// <param name="claims">How many claims a batch may hold.</param>
    /// <param name="further">What else links them, besides the keys that claims name.</param>
    /// <param name="cancel">Ends the query in the database too.</param>
    public static async Task<List<List<string[]>>> BatchesAsync(
        FactsContext database, IReadOnlyCollection<string> partitions, int claims, IEnumerable<(string Key, string Partition)> further, CancellationToken cancel)
    {
        if (partitions.Count == 0) return [];
        if (partitions.Count == 1) return [[[.. partitions]]];
        var all = partitions.ToArray();
        await using var counting = await database.CommandAsync("select partition, count(*) from claims where partition = any (@partitions) group by partition", cancel, new NpgsqlParameter("partitions", all));
        var sizes = (await ReadAsync(counting, r => (Partition: r.GetString(0), Count: r.GetInt64(1)), cancel)).ToDictionary(x => x.Partition, x => x.Count, StringComparer.Ordinal);
        await using var tied = await database.CommandAsync("select key, partition from partition_links where partition = any (@partitions)", cancel, new NpgsqlParameter("partitions", all));
        var keys = await ReadAsync(tied, r => (Key: r.GetString(0), Partition: r.GetString(1)), cancel);
        var batches = new List<List<string[]>>();
        var open = new List<string[]>();
        long held = 0;
        foreach (var together in Together(all, [.. keys, .. further]))
        {
            var size = together.Sum(s => sizes.GetValueOrDefault(s));
            if (open.Count > 0 && held + size > claims)
            {
                batches.Add(open);
                (held, open) = (0, []);
            }
            open.Add([.. together]);
            held += size;
        }
        batches.Add(open);
        return batches;
    }

    static IEnumerable<List<string>> Together(string[] partitions, List<(string Key, string Partition)> links)
    {
        var ofKey = links.ToLookup(t => t.Key, t => t.Partition, StringComparer.Ordinal);
        var ofPartition = links.ToLookup(t => t.Partition, t => t.Key, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var first in partitions)
        {
            if (!seen.Add(first)) continue;
            var together = new List<string> { first };
            for (var i = 0; i < together.Count; i++)
                together.AddRange(ofPartition[together[i]].SelectMany(k => ofKey[k]).Where(seen.Add));
            yield return together;
        }
    }

    static async Task<List<T>> ReadAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> row, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(row(reader));
        return rows;
    }
}
