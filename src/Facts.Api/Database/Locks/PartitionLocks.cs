using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Facts.Api.Database;

/// <summary>
/// Locks of keys and of partitions: steps 6 to 8 of the lock order (<c>Database/Locks/README.md</c>). The projections decide which keys and partitions a write
/// locks.
/// </summary>
internal static class PartitionLocks
{
    /// <summary>
    /// Number of groups of keys: few enough for an import that names a million keys. PostgreSQL has room for 6,400 locks by default.
    /// </summary>
    const int Groups = 2_048;

    /// <summary>
    /// The largest number of keys that a writer locks one by one. It shares their groups with other such writers. A writer of more keys has whole groups for
    /// itself.
    /// </summary>
    const int MostKeys = 50;

    /// <summary>The letters "keys" and "key1" as the first number of two-part advisory locks: of groups and of single keys.</summary>
    const int GroupSpace = 0x6B657973, KeySpace = 0x6B657931;

    /// <summary>Waits for the locks of keys, groups before single keys and each in ascending order, and holds them until the transaction ends.</summary>
    public static async Task LockKeysAsync(FactsContext database, IEnumerable<string> keys, CancellationToken cancel)
    {
        var locks = keys.Select(LocksOf).ToHashSet();
        if (locks.Count == 0) return;
        var groups = locks.Select(l => l.Group).Distinct().Order().ToArray();
        var single = locks.Select(l => l.Key).Distinct().Order().ToArray();
        await using var command = locks.Count > MostKeys
            ? await database.CommandAsync(
                $"select pg_advisory_xact_lock({GroupSpace}, lock) from unnest(@groups) as lock", cancel, new NpgsqlParameter("groups", groups))
            : await database.CommandAsync(
                $"""
                select pg_advisory_xact_lock_shared({GroupSpace}, lock) from unnest(@groups) as lock;
                select pg_advisory_xact_lock({KeySpace}, lock) from unnest(@single) as lock
                """, cancel, new NpgsqlParameter("groups", groups), new NpgsqlParameter("single", single));
        await database.WaitAsync($"key {single[0]}", () => command.ExecuteNonQueryAsync(cancel), cancel);
    }

    /// <summary>
    /// Waits for the rows of partitions, in the order of their names, and holds them until the transaction ends. Adds the rows that do not exist, with their
    /// links.
    /// </summary>
    /// <param name="database">Its transaction is open.</param>
    /// <param name="partitions">Their names.</param>
    /// <param name="subjects">Recipient and unit of the partitions that have them, by name: stored with a row that is added.</param>
    /// <param name="links">Partitions with their keys in <c>partition_links</c>. Only those of a row that is added are stored.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static async Task LockAsync(
        FactsContext database, IEnumerable<string> partitions, IReadOnlyDictionary<string, (string? Recipient, string? Unit)> subjects,
        IReadOnlyCollection<(string Partition, string Key)> links, CancellationToken cancel)
    {
        var names = partitions.ToArray();
        await using var command = await database.CommandAsync(
            """
            with locked as (
                insert into partitions (partition, recipient, unit, computed_from, is_deferred, writes)
                select partition, recipient, unit, '-infinity', false, 0
                from unnest(@partitions, @recipients, @units) as wanted (partition, recipient, unit)
                order by partition
                on conflict (partition) do update
                set writes = partitions.writes + 1
                returning partition, writes
            )
            insert into partition_links (partition, key)
            select partition, key
            from unnest(@linked, @keys) as link (partition, key)
            join locked using (partition)
            where writes = 0
            on conflict do nothing
            """, cancel,
            new NpgsqlParameter("partitions", names),
            new NpgsqlParameter("recipients", names.Select(n => subjects.GetValueOrDefault(n).Recipient).ToArray()),
            new NpgsqlParameter("units", names.Select(n => subjects.GetValueOrDefault(n).Unit).ToArray()),
            new NpgsqlParameter("linked", links.Select(l => l.Partition).ToArray()),
            new NpgsqlParameter("keys", links.Select(l => l.Key).ToArray()));
        await database.WaitAsync(names.Min(StringComparer.Ordinal) ?? "", () => command.ExecuteNonQueryAsync(cancel), cancel);
    }

    // The hash is equal in every process. It is computed here, so that a million keys need not be sent to the database.
    static (int Group, int Key) LocksOf(string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        return (BinaryPrimitives.ReadUInt16LittleEndian(hash) % Groups, BinaryPrimitives.ReadInt32LittleEndian(hash.AsSpan(2)));
    }
}
