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
    /// <returns>The place that writers of the first key meet in; null where there are no keys.</returns>
    public static string? LockKeys(RoundTrip trip, IEnumerable<string> keys)
    {
        var locks = keys.Select(LocksOf).ToHashSet();
        if (locks.Count == 0) return null;
        var groups = locks.Select(l => l.Group).Distinct().Order().ToArray();
        var single = locks.Select(l => l.Key).Distinct().Order().ToArray();
        if (locks.Count > MostKeys)
        {
            trip.Lock($"select pg_advisory_xact_lock({GroupSpace}, lock) from unnest(@groups) as lock", new NpgsqlParameter("groups", groups));
        }
        else
        {
            trip.Lock($"select pg_advisory_xact_lock_shared({GroupSpace}, lock) from unnest(@groups) as lock", new NpgsqlParameter("groups", groups));
            trip.Lock($"select pg_advisory_xact_lock({KeySpace}, lock) from unnest(@single) as lock", new NpgsqlParameter("single", single));
        }
        return $"key {single[0]}";
    }

    /// <summary>
    /// Waits for the rows of partitions, in the order of their names, and holds them until the transaction ends. Adds the rows that do not exist, with their
    /// links.
    /// </summary>
    /// <param name="trip">Gets the statement.</param>
    /// <param name="partitions">Their names.</param>
    /// <param name="subjects">Recipient and unit of the partitions that have them, by name: stored with a row that is added.</param>
    /// <param name="links">Partitions with their keys in <c>partition_links</c>. Only those of a row that is added are stored.</param>
    /// <returns>The place that writers of the first partition meet in.</returns>
    public static string Lock(
        RoundTrip trip, IEnumerable<string> partitions, IReadOnlyDictionary<string, (string? Recipient, string? Unit)> subjects,
        IReadOnlyCollection<(string Partition, string Key)> links)
    {
        var names = partitions.ToArray();
        trip.Add(
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
            """,
            new NpgsqlParameter("partitions", names),
            new NpgsqlParameter("recipients", names.Select(n => subjects.GetValueOrDefault(n).Recipient).ToArray()),
            new NpgsqlParameter("units", names.Select(n => subjects.GetValueOrDefault(n).Unit).ToArray()),
            new NpgsqlParameter("linked", links.Select(l => l.Partition).ToArray()),
            new NpgsqlParameter("keys", links.Select(l => l.Key).ToArray()));
        return names.Min(StringComparer.Ordinal) ?? "";
    }

    // The hash is equal in every process. It is computed here, so that a million keys need not be sent to the database.
    static (int Group, int Key) LocksOf(string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        return (BinaryPrimitives.ReadUInt16LittleEndian(hash) % Groups, BinaryPrimitives.ReadInt32LittleEndian(hash.AsSpan(2)));
    }
}
