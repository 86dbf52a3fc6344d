using System.Text.Json;
using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Ledger;

/// <summary>Brings the rows that are kept of some neighbourhoods to what they are to be: only those that differ are written.</summary>
internal sealed class KeptWriter(FactsContext database, TimeProvider clock)
{
    /// <returns>The recipients and units to whom something else is given than before.</returns>
    public async Task<HashSet<(string Recipient, string? Unit)>> WriteAsync(Change change, string[] scopes, Kept kept, CancellationToken cancel)
    {
        var requests = await DifferenceAsync(scopes, kept.Requests, cancel);
        var commitments = await DifferenceAsync(scopes, kept.Commitments, cancel);
        var deliveries = await DifferenceAsync(scopes, kept.Deliveries, cancel);
        var links = await DifferenceAsync(scopes, kept.Links, cancel);
        var totals = await DifferenceAsync(scopes, kept.Totals, cancel);
        await DeleteAsync("requests", requests.Gone, cancel);
        await DeleteAsync("commitments", commitments.Gone, cancel);
        await DeleteAsync("deliveries", deliveries.Gone, cancel);
        await DeleteLinksAsync(links.Gone, cancel);
        await DeleteTotalsAsync(totals.Gone, cancel);
        await database.CopyInAsync(requests.New, cancel);
        await database.CopyInAsync(commitments.New, cancel);
        await database.CopyInAsync(deliveries.New, cancel);
        await database.CopyInAsync(links.New, cancel);
        await database.CopyInAsync(totals.New, cancel);
        await database.Database.ExecuteSqlAsync(
            $"update neighbourhoods set kept_from = {kept.From}, kept_until = {kept.Until} where scope = any ({scopes})", cancel);

        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        change.Add([.. Facts(FactKind.Request, requests, today), .. Facts(FactKind.Commitment, commitments, today), .. Facts(FactKind.Delivery, deliveries, today)]);
        change.Add(Moves(totals, today));
        return [.. GivenChanged(commitments.Gone, commitments.New, Given), .. GivenChanged(deliveries.Gone, deliveries.New, Given)];
    }

    /// <summary>What rows are there and are not to be, and the other way round.</summary>
    sealed record Difference<TRow>(List<TRow> Gone, List<TRow> New);

    async Task<Difference<TRow>> DifferenceAsync<TRow>(string[] scopes, List<TRow> rows, CancellationToken cancel) where TRow : KeptRow
    {
        var there = await database.Set<TRow>().AsNoTracking().Where(r => scopes.Contains(r.Scope)).ToListAsync(cancel);
        if (there.Count == 0) return new([], rows);
        var wanted = rows.GroupBy(Text).ToDictionary(g => g.Key, g => new Queue<TRow>(g), StringComparer.Ordinal);
        var gone = there.FindAll(row => !(wanted.TryGetValue(Text(row), out var same) && same.TryDequeue(out _)));
        return new(gone, [.. wanted.Values.SelectMany(same => same)]);
    }

    static string Text<TRow>(TRow row) where TRow : KeptRow
    {
        if (row is not TotalRow total) return JsonSerializer.Serialize(row);
        var id = total.Id;
        total.Id = 0;
        var text = JsonSerializer.Serialize(total);
        total.Id = id;
        return text;
    }

    async Task DeleteAsync<TRow>(string table, List<TRow> gone, CancellationToken cancel) where TRow : FactRow
    {
        if (gone.Count == 0) return;
        await using var command = await database.CommandAsync($"delete from {table} where (id, valid_from) in (select * from unnest(@ids, @days))", cancel,
            new("ids", gone.Select(r => r.Id).ToArray()), new("days", gone.Select(r => r.ValidFrom).ToArray()));
        await command.ExecuteNonQueryAsync(cancel);
    }

    async Task DeleteLinksAsync(List<LinkRow> gone, CancellationToken cancel)
    {
        if (gone.Count == 0) return;
        await database.Database.ExecuteSqlAsync(
            $"""
            delete from links
            where (commitment_id, delivery_id, valid_from) in (
                select * from unnest({gone.Select(l => l.CommitmentId).ToArray()}, {gone.Select(l => l.DeliveryId).ToArray()}, {gone.Select(l => l.ValidFrom).ToArray()})
            )
            """, cancel);
    }

    async Task DeleteTotalsAsync(List<TotalRow> gone, CancellationToken cancel)
    {
        if (gone.Count > 0) await database.Database.ExecuteSqlAsync($"delete from totals where id = any ({gone.Select(t => t.Id).ToArray()})", cancel);
    }

    static IEnumerable<FactChange> Facts<TRow>(FactKind kind, Difference<TRow> difference, DateOnly today) where TRow : FactRow
    {
        var before = difference.Gone.Where(r => r.HoldsOn(today)).Select(r => r.Id).ToHashSet();
        var after = difference.New.Where(r => r.HoldsOn(today)).ToList();
        var ids = after.Select(r => r.Id).ToHashSet();
        foreach (var row in after.OrderBy(r => r.Id)) yield return new(kind, row.Id, before.Contains(row.Id) ? "changed" : "created", null);
        foreach (var gone in before.Where(id => !ids.Contains(id)).Order())
            yield return new(kind, gone, "gone", after.Find(r => r.ClaimIds.Contains(gone))?.Id);
    }

    static IEnumerable<Moved> Moves(Difference<TotalRow> difference, DateOnly today) => difference.Gone.Where(t => t.HoldsOn(today)).Select(t => (Row: t, IsNew: false))
        .Concat(difference.New.Where(t => t.HoldsOn(today)).Select(t => (Row: t, IsNew: true)))
        .GroupBy(t => (string.Join('+', t.Row.Donors), t.Row.Recipient, string.Join('|', t.Row.Items), t.Row.Unit))
        .Select(g => Moved.Between(g.First().Row, Sum(g.Where(t => !t.IsNew)), Sum(g.Where(t => t.IsNew)))).OfType<Moved>();

    static Measures Sum(IEnumerable<(TotalRow Row, bool)> totals) => totals.Aggregate(Measures.Zero, (sum, t) => sum + t.Row.ToMeasures());

    static object? Given(CommitmentRow c) => c.Firmness == "intent" || c.CommittedLow is null || c is { CommittedLow: 0, CommittedHigh: 0 }
        ? null : (c.Recipient, c.Unit, string.Join('|', c.Items), c.Begins, c.Ends, c.CommittedLow, c.CommittedHigh, c.ValidFrom, c.ValidTo);

    static object? Given(DeliveryRow d) => d.UnpledgedLow is null || d is { UnpledgedLow: 0, UnpledgedHigh: 0 }
        ? null : (d.Recipient, d.Unit, string.Join('|', d.Items), d.Begins, d.Ends, d.UnpledgedLow, d.UnpledgedHigh, d.UnpledgedExchanged, d.ValidFrom, d.ValidTo);

    static IEnumerable<(string, string?)> GivenChanged<TRow>(List<TRow> gone, List<TRow> added, Func<TRow, object?> given) where TRow : FactRow
    {
        var counts = new Dictionary<object, (int Count, TRow Row)>();
        foreach (var row in added)
            if (given(row) is { } now) counts[now] = (counts.GetValueOrDefault(now).Count + 1, row);
        foreach (var row in gone)
            if (given(row) is { } was) counts[was] = (counts.GetValueOrDefault(was).Count - 1, row);
        return counts.Values.Where(c => c.Count != 0).Select(c => (c.Row.Recipient, c.Row.Unit));
    }

    /// <summary>What is kept of all that is given to those who ask.</summary>
    public async Task<Elsewhere> ElsewhereAsync(Resolution requests, CancellationToken cancel)
    {
        var asking = requests.Requests.Select(r => (r.Recipient, Unit: r.Unit ?? "")).Distinct().ToList();
        NpgsqlParameter[] Who() => [new("recipients", asking.Select(a => a.Recipient).ToArray()), new("units", asking.Select(a => a.Unit).ToArray())];
        await using var command = await database.CommandAsync(Sql.Text("Ledger", "given"), cancel, Who());
        var rows = new List<(Given, DateOnly, DateOnly?)>();
        await using (var reader = await command.ExecuteReaderAsync(cancel))
            while (await reader.ReadAsync(cancel))
                rows.Add((new Given(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), CodeSet.Of(reader.GetFieldValue<string[]>(2)),
                    reader.GetFieldValue<DateOnly>(3), reader.GetFieldValue<DateOnly>(4), new(reader.GetDecimal(5), reader.IsDBNull(6) ? null : reader.GetDecimal(6))),
                    reader.GetFieldValue<DateOnly>(7), reader.IsDBNull(8) ? null : reader.GetFieldValue<DateOnly>(8)));
        await using var until = await database.CommandAsync(
            "select min(kept_until) from neighbourhoods where (recipient, coalesce(unit, '')) in (select * from unnest(@recipients, @units)) and scope not like 't:%'", cancel, Who());
        await using var ends = await until.ExecuteReaderAsync(cancel);
        return new(rows, await ends.ReadAsync(cancel) && !ends.IsDBNull(0) ? ends.GetFieldValue<DateOnly>(0) : null);
    }
}
