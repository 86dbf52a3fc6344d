using System.Text.Json;
using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Projections;

/// <summary>Brings the rows that are kept of some partitions to what they are to be: only those that differ are written.</summary>
internal sealed class ProjectionWriter(FactsContext database, TimeProvider clock)
{
    /// <returns>The recipients and units to whom something else is given than before.</returns>
    public async Task<HashSet<(string Recipient, string? Unit)>> WriteAsync(ChangeRecord change, IReadOnlyList<Projection> kept, CancellationToken cancel)
    {
        var there = await StoreCoverageAsync(kept, cancel);
        var requests = await DifferenceAsync(there, [.. kept.SelectMany(k => k.Requests)], cancel);
        var commitments = await DifferenceAsync(there, [.. kept.SelectMany(k => k.Commitments)], cancel);
        var deliveries = await DifferenceAsync(there, [.. kept.SelectMany(k => k.Deliveries)], cancel);
        var links = await DifferenceAsync(there, [.. kept.SelectMany(k => k.Links)], cancel);
        var totals = await DifferenceAsync(there, [.. kept.SelectMany(k => k.Totals)], cancel);
        var (goneCandidates, newCandidates) = await CandidatesAsync(there, [.. kept.SelectMany(k => k.Candidates)], cancel);
        await DeleteAsync("requests", requests.Removed, cancel);
        await DeleteAsync("commitments", commitments.Removed, cancel);
        await DeleteAsync("deliveries", deliveries.Removed, cancel);
        await DeleteLinksAsync(links.Removed, cancel);
        await DeleteTotalsAsync(totals.Removed, cancel);
        await DeleteCandidatesAsync(goneCandidates, cancel);
        await database.CopyInAsync(requests.Added, cancel);
        await database.CopyInAsync(commitments.Added, cancel);
        await database.CopyInAsync(deliveries.Added, cancel);
        await database.CopyInAsync(links.Added, cancel);
        await database.CopyInAsync(totals.Added, cancel);
        await database.CopyInAsync(newCandidates, cancel);

        var today = clock.Today;
        change.Add([.. Facts(FactKind.Request, requests, today), .. Facts(FactKind.Commitment, commitments, today), .. Facts(FactKind.Delivery, deliveries, today)]);
        change.Add(Moves(totals, today));
        return [.. GivenChanged(commitments.Removed, commitments.Added, Given), .. GivenChanged(deliveries.Removed, deliveries.Added, Given)];
    }

    /// <summary>What rows are there and are not to be, the other way round, and what stays.</summary>
    sealed record Difference<TRow>(List<TRow> Removed, List<TRow> Added, List<TRow> Unchanged);

    /// <summary>Writes down for which days the partitions are kept.</summary>
    /// <returns>Those of which something may be there: all but those that this write is the first to touch.</returns>
    async Task<string[]> StoreCoverageAsync(IReadOnlyList<Projection> kept, CancellationToken cancel)
    {
        var days = kept.SelectMany(k => k.Partitions, (k, partition) => (Partition: partition, k.From, k.Until)).ToList();
        return [.. await database.Database.SqlQuery<string>(
            $"""
            with touched as (
                update partitions
                set computed_from = now.computed_from, computed_until = now.computed_until, writes = writes + 1
                from unnest({days.Select(d => d.Partition).ToArray()}, {days.Select(d => d.From).ToArray()}, {days.Select(d => d.Until).ToArray()})
                    as now (partition, computed_from, computed_until)
                where partitions.partition = now.partition
                returning partitions.partition, writes
            )
            select partition as "Value"
            from touched
            where writes > 1
            """).ToListAsync(cancel)];
    }

    async Task<Difference<TRow>> DifferenceAsync<TRow>(string[] partitions, List<TRow> rows, CancellationToken cancel) where TRow : ProjectedRow
    {
        var there = partitions.Length == 0 ? [] : await database.Set<TRow>().AsNoTracking().Where(r => partitions.Contains(r.Partition)).ToListAsync(cancel);
        if (there.Count == 0) return new([], rows, []);
        var wanted = rows.GroupBy(Text).ToDictionary(g => g.Key, g => new Queue<TRow>(g), StringComparer.Ordinal);
        var stays = there.ToLookup(row => wanted.TryGetValue(Text(row), out var equal) && equal.TryDequeue(out _));
        return new([.. stays[false]], [.. wanted.Values.SelectMany(left => left)], [.. stays[true]]);
    }

    // As above, by their fingerprints.
    async Task<(string[] Gone, List<CandidateRow> New)> CandidatesAsync(string[] partitions, List<CandidateRow> rows, CancellationToken cancel)
    {
        if (partitions.Length == 0) return ([], rows);
        var there = await database.Set<CandidateRow>().Where(c => partitions.Contains(c.Partition)).Select(c => new { c.Id, c.Content }).ToDictionaryAsync(c => c.Id, c => c.Content, cancel);
        var added = rows.FindAll(row => !(there.TryGetValue(row.Id, out var content) && content == row.Content && there.Remove(row.Id)));
        return ([.. there.Keys], added);
    }

    static string Text<TRow>(TRow row) where TRow : ProjectedRow
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

    async Task DeleteCandidatesAsync(string[] gone, CancellationToken cancel)
    {
        if (gone.Length > 0) await database.Database.ExecuteSqlAsync($"delete from candidates where id = any ({gone})", cancel);
    }

    static IEnumerable<FactChange> Facts<TRow>(FactKind kind, Difference<TRow> difference, DateOnly today) where TRow : FactRow
    {
        var before = difference.Removed.Where(r => r.HoldsOn(today)).Select(r => r.Id).ToHashSet();
        var after = difference.Added.Where(r => r.HoldsOn(today)).ToList();
        var ids = after.Select(r => r.Id).ToHashSet();
        foreach (var row in after.OrderBy(r => r.Id)) yield return new(kind, row.Id, before.Contains(row.Id) ? "changed" : "created", null);
        foreach (var gone in before.Where(id => !ids.Contains(id)).Order())
            yield return new(kind, gone, "removed", after.Find(r => r.ClaimIds.Contains(gone))?.Id);
    }

    // A balance may be the sum of several rows, of which only some have changed.
    static IEnumerable<BalanceChange> Moves(Difference<TotalRow> difference, DateOnly today)
    {
        ILookup<(string, string, string, string?), TotalRow> Cells(List<TotalRow> rows) => rows.Where(t => t.HoldsOn(today))
            .ToLookup(t => (string.Join('+', t.Donors), t.Recipient, string.Join('|', t.Items), t.Unit));
        var (gone, added, same) = (Cells(difference.Removed), Cells(difference.Added), Cells(difference.Unchanged));
        return gone.Concat(added).DistinctBy(cell => cell.Key)
            .Select(cell => BalanceChange.Between(cell.First(), Sum(gone[cell.Key].Concat(same[cell.Key])), Sum(added[cell.Key].Concat(same[cell.Key])))).OfType<BalanceChange>();
    }

    static Measures Sum(IEnumerable<TotalRow> totals) => totals.Aggregate(Measures.Zero, (sum, t) => sum + t.ToMeasures());

    static object? Given(CommitmentRow c) => c.Firmness == "intent" || c.CommittedLow is null || c is { CommittedLow: 0, CommittedHigh: 0 }
        ? null : (c.Recipient, c.Unit, string.Join('|', c.Items), c.Begins, c.Ends, c.CommittedLow, c.CommittedHigh, c.ValidFrom, c.ValidTo);

    static object? Given(DeliveryRow d) => d.UnpledgedLow is null || d is { UnpledgedLow: 0, UnpledgedHigh: 0 }
        ? null : (d.Recipient, d.Unit, string.Join('|', d.Items), d.Begins, d.Ends, d.UnpledgedLow, d.UnpledgedHigh, d.UnpledgedExchanged, d.ValidFrom, d.ValidTo);

    static IEnumerable<(string, string?)> GivenChanged<TRow>(List<TRow> gone, List<TRow> added, Func<TRow, object?> given) where TRow : FactRow
    {
        if (gone.Count == 0) return added.Where(r => given(r) is not null).Select(r => (r.Recipient, r.Unit));
        var counts = new Dictionary<object, (int Count, TRow Row)>();
        foreach (var row in added)
            if (given(row) is { } now) counts[now] = (counts.GetValueOrDefault(now).Count + 1, row);
        foreach (var row in gone)
            if (given(row) is { } was) counts[was] = (counts.GetValueOrDefault(was).Count - 1, row);
        return counts.Values.Where(c => c.Count != 0).Select(c => (c.Row.Recipient, c.Row.Unit));
    }

    /// <summary>What is kept of all that is given to those who ask: for each resolution among whose requests they are.</summary>
    public async Task<Func<Resolution, OtherSupplies>> OtherSuppliesAsync(IEnumerable<Request> requests, CancellationToken cancel)
    {
        var asking = requests.Select(Asking).Distinct().ToList();
        NpgsqlParameter[] Who() => [new("recipients", asking.Select(a => a.Recipient).ToArray()), new("units", asking.Select(a => a.Unit).ToArray())];
        await using var command = await database.CommandAsync(Sql.Text("Projections", "supplies"), cancel, Who());
        var rows = new List<((string, string), (Supply, DateOnly, DateOnly?) Given)>();
        await using (var reader = await command.ExecuteReaderAsync(cancel))
            while (await reader.ReadAsync(cancel))
            {
                var unit = reader.IsDBNull(1) ? null : reader.GetString(1);
                rows.Add(((reader.GetString(0), unit ?? ""), (new Supply(reader.GetString(0), unit, CodeSet.From(reader.GetFieldValue<string[]>(2)),
                    reader.GetFieldValue<DateOnly>(3), reader.GetFieldValue<DateOnly>(4), new(reader.GetDecimal(5), reader.IsDBNull(6) ? null : reader.GetDecimal(6))),
                    reader.GetFieldValue<DateOnly>(7), reader.IsDBNull(8) ? null : reader.GetFieldValue<DateOnly>(8))));
            }
        await using var until = await database.CommandAsync(
            """
            select recipient, coalesce(unit, ''), min(computed_until)
            from partitions
            where (recipient, coalesce(unit, '')) in (select * from unnest(@recipients, @units)) and partition not like 't:%'
            group by 1, 2
            """, cancel, Who());
        var ends = new Dictionary<(string, string), DateOnly?>();
        await using (var reader = await until.ExecuteReaderAsync(cancel))
            while (await reader.ReadAsync(cancel)) ends[(reader.GetString(0), reader.GetString(1))] = reader.IsDBNull(2) ? null : reader.GetFieldValue<DateOnly>(2);
        var given = rows.ToLookup(r => r.Item1, r => r.Given);
        return resolution =>
        {
            var who = resolution.Requests.Select(Asking).Distinct().ToList();
            return new([.. who.SelectMany(w => given[w])], who.Min(w => ends.GetValueOrDefault(w)));
        };

        static (string Recipient, string Unit) Asking(Request request) => (request.Recipient, request.Unit ?? "");
    }
}
