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
        var (facts, links, hasLinks) = (RowReader<TRow>.Of(database), RowReader<LinkRow>.Of(database), typeof(TRow) != typeof(RequestRow));
        await using var connection = await source.OpenAsync(cancel);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add($"""
            select {facts.Select("f")}, ({StoreVersion.Statement}),
                exists (
                    select from partitions p
                    where p.partition = f.partition and p.computed_from <= $2 and (p.computed_until is null or p.computed_until > $2))
            from {facts.Table} f
            where f.id = $1 and f.{HoldsOnDay}
            """, OfFact());
        if (hasLinks)
        {
            var own = typeof(TRow) == typeof(DeliveryRow) ? "delivery_id" : "commitment_id";
            batch.Add($"select {links.Select("l")} from links l where l.{own} = $1 and l.{HoldsOnDay} order by l.commitment_id, l.delivery_id", OfFact());
        }
        batch.Add(EvidenceRow.Statement($"c.id = any ((select f.claim_ids from {facts.Table} f where f.id = $1 and f.{HoldsOnDay})::bigint[])"), OfFact());

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel) || !reader.GetBoolean(facts.Columns.Count + 1)) return null;
        var (row, version) = ((TRow)facts.Read(reader).At(day), reader.GetInt64(facts.Columns.Count));
        await reader.NextResultAsync(cancel);
        List<LinkRow> linkRows = [];
        if (hasLinks)
        {
            while (await reader.ReadAsync(cancel)) linkRows.Add(links.Read(reader));
            await reader.NextResultAsync(cancel);
        }
        return new(version, row, linkRows, await EvidenceRow.ReadAsync(reader, cancel));

        NpgsqlParameter[] OfFact() => [new() { Value = number }, new() { Value = day }];
    }
}
