using Facts.Api.Database;
using Facts.Api.Projections;
using Npgsql;

namespace Facts.Api.FactLists;

/// <summary>A stored fact as it stands on a day, with its links and claims.</summary>
/// <param name="Version">Version of the store.</param>
/// <param name="Row">The fact.</param>
/// <param name="Links">Its links, by commitment and delivery.</param>
/// <param name="Evidence">Its claims, by stated day.</param>
internal sealed record StoredFact<TRow>(long Version, TRow Row, IReadOnlyList<LinkRow> Links, IReadOnlyList<EvidenceRow> Evidence)
    where TRow : FactRow, new()
{
    const string HoldsOnDay = "valid_from <= $2 and (valid_to is null or valid_to > $2)";

    /// <summary>
    /// Reads a fact in one round trip, from one snapshot. Null where the projection does not cover the day, or where the fact is not stored under its number.
    /// </summary>
    public static async Task<StoredFact<TRow>?> ReadAsync(ReadSource source, FactsContext database, long number, DateOnly day, CancellationToken cancel)
    {
        var (facts, links) = (RowReader<TRow>.Of(database), RowReader<LinkRow>.Of(database));
        await using var connection = await source.Source.OpenConnectionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection);
        Add(StoreVersion.Statement);
        Add($"""
            select {facts.Select("f")},
                exists (
                    select from partitions p
                    where p.partition = f.partition and p.computed_from <= $2 and (p.computed_until is null or p.computed_until > $2))
            from {facts.Table} f
            where f.id = $1 and f.{HoldsOnDay}
            """, number, day);
        if (typeof(TRow) != typeof(RequestRow))
        {
            var own = typeof(TRow) == typeof(DeliveryRow) ? "delivery_id" : "commitment_id";
            Add($"select {links.Select("l")} from links l where l.{own} = $1 and l.{HoldsOnDay} order by l.commitment_id, l.delivery_id", number, day);
        }
        Add(EvidenceRow.Statement($"c.id = any ((select f.claim_ids from {facts.Table} f where f.id = $1 and f.{HoldsOnDay})::bigint[])"), number, day);

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var version = reader.GetInt64(0);
        await reader.NextResultAsync(cancel);
        if (!await reader.ReadAsync(cancel) || !reader.GetBoolean(facts.Columns.Count)) return null;
        var row = facts.Read(reader);
        await reader.NextResultAsync(cancel);
        List<LinkRow> linkRows = [];
        if (typeof(TRow) != typeof(RequestRow))
        {
            while (await reader.ReadAsync(cancel)) linkRows.Add(links.Read(reader));
            await reader.NextResultAsync(cancel);
        }
        return new(version, row, linkRows, await EvidenceRow.ReadAsync(reader, cancel));

        void Add(string text, params object[] values)
        {
            var command = new NpgsqlBatchCommand(text);
            foreach (var value in values) command.Parameters.Add(new() { Value = value });
            batch.BatchCommands.Add(command);
        }
    }
}
