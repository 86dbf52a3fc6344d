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
    /// Number of locks that all keys share: enough that the keys of 64 writers seldom collide, and few enough for an import that names a million keys.
    /// PostgreSQL has room for 6,400 locks by default.
    /// </summary>
    const int KeyLocks = 2_048;

    /// <summary>The letters "keys" as the first number of two-part advisory locks.</summary>
    const int KeySpace = 0x6B657973;

    /// <summary>Waits for the locks of keys, in ascending order, and holds them until the transaction ends.</summary>
    public static async Task LockKeysAsync(FactsContext database, IEnumerable<string> keys, CancellationToken cancel)
    {
        var locks = keys.Select(LockOf).Distinct().Order().ToArray();
        if (locks.Length == 0) return;
        await using var command = await database.CommandAsync(
            $"select pg_advisory_xact_lock({KeySpace}, lock) from unnest(@locks) as lock", cancel, new NpgsqlParameter("locks", locks));
        await database.WaitAsync($"key {locks[0]}", () => command.ExecuteNonQueryAsync(cancel), cancel);
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
    static int LockOf(string key) => BinaryPrimitives.ReadUInt16LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key))) % KeyLocks;
}
