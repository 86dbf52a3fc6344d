using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Projections;

/// <summary>Stores the projections of partitions. It compares them with the stored rows and writes only the rows that differ.</summary>
internal sealed class ProjectionWriter(FactsContext database, TimeProvider clock)
{
    /// <summary>Stores projections and records in the change which facts and balances they changed.</summary>
    /// <returns>The recipients and units whose supply changed.</returns>
    public async Task<HashSet<(string Recipient, string? Unit)>> WriteAsync(
        ChangeRecord change, IReadOnlyList<Projection> projections, CancellationToken cancel)
    {
        var version = Guid.NewGuid();
        var written = await StoreCoverageAsync(projections, version, cancel);
        // Of a crowd in memory, the stored rows are known if nobody else has written them since.
        var known = projections.Select(p => p.Crowd).OfType<Crowd>().Where(c => c.Stored is not null && c.Partitions.All(p => written[p].Before == c.Version))
            .ToList();
        var stored = known.ConvertAll(c => c.Stored!);
        var unknown = written.Where(p => p.Value.MayHaveRows).Select(p => p.Key).Except(known.SelectMany(c => c.Partitions)).ToArray();
        var requests = await DifferenceAsync(unknown, p => p.Requests, projections, stored, cancel);
        var commitments = await DifferenceAsync(unknown, p => p.Commitments, projections, stored, cancel);
        var deliveries = await DifferenceAsync(unknown, p => p.Deliveries, projections, stored, cancel);
        var links = await DifferenceAsync(unknown, p => p.Links, projections, stored, cancel);
        // The store numbers the totals, and there are few.
        var totals = await DifferenceAsync([.. unknown, .. known.SelectMany(c => c.Partitions)], p => p.Totals, projections, [], cancel);
        var (removedCandidates, addedCandidates) = await CandidateDifferenceAsync(unknown, projections, stored, cancel);
        await DeleteAsync("requests", requests.Removed, cancel);
        await DeleteAsync("commitments", commitments.Removed, cancel);
        await DeleteAsync("deliveries", deliveries.Removed, cancel);
        await DeleteLinksAsync(links.Removed, cancel);
        await DeleteTotalsAsync(totals.Removed, cancel);
        await DeleteCandidatesAsync(removedCandidates, cancel);
        await database.CopyInAsync(requests.Added, cancel);
        await database.CopyInAsync(commitments.Added, cancel);
        await database.CopyInAsync(deliveries.Added, cancel);
        await database.CopyInAsync(links.Added, cancel);
        await database.CopyInAsync(totals.Added, cancel);
        await database.CopyInAsync(addedCandidates, cancel);

        foreach (var projection in projections) projection.Crowd?.Store(projection, version);
        var today = clock.Today;
        change.Add(
        [
            .. FactChanges(FactKind.Request, requests, today),
            .. FactChanges(FactKind.Commitment, commitments, today),
            .. FactChanges(FactKind.Delivery, deliveries, today),
        ]);
        change.Add(BalanceChanges(totals, today));
        return [.. SubjectsWithOtherSupply(commitments, SupplyOf), .. SubjectsWithOtherSupply(deliveries, SupplyOf)];
    }

    /// <summary>The stored rows that the projections no longer have, the rows that are not stored yet, and the rows that are equal in both.</summary>
    sealed record Difference<TRow>(List<TRow> Removed, List<TRow> Added, List<TRow> Unchanged);

    /// <summary>Stores for which days the projections hold, and their new version.</summary>
    /// <returns>
    /// The partitions by name, each with the version before, and whether it may have stored rows: all but those that this write is the first to write.
    /// </returns>
    async Task<Dictionary<string, (bool MayHaveRows, Guid? Before)>> StoreCoverageAsync(
        IReadOnlyList<Projection> projections, Guid version, CancellationToken cancel)
    {
        var coverage = projections.SelectMany(p => p.Partitions, (p, partition) => (Partition: partition, p.From, p.Until, p.IsDeferred)).ToList();
        await using var command = await database.CommandAsync(
            """
            with before as (select partition, version from partitions where partition = any (@partitions))
            update partitions
            set computed_from = now.computed_from, computed_until = now.computed_until, is_deferred = now.is_deferred, writes = writes + 1, version = @version
            from before
            join unnest(@partitions, @from, @until, @is_deferred) as now (partition, computed_from, computed_until, is_deferred) using (partition)
            where partitions.partition = now.partition
            returning partitions.partition, writes > 1, before.version
            """, cancel,
            new("partitions", coverage.Select(c => c.Partition).ToArray()), new("from", coverage.Select(c => c.From).ToArray()),
            new("until", coverage.Select(c => c.Until).ToArray()), new("is_deferred", coverage.Select(c => c.IsDeferred).ToArray()), new("version", version));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var written = new Dictionary<string, (bool, Guid?)>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancel)) written[reader.GetString(0)] = (reader.GetBoolean(1), reader.IsDBNull(2) ? null : reader.GetGuid(2));
        return written;
    }

    /// <summary>Compares the rows of projections with the stored ones.</summary>
    /// <param name="partitions">The partitions of which the stored rows are read.</param>
    /// <param name="rowsOf">The rows of a projection.</param>
    /// <param name="projections">The projections to store.</param>
    /// <param name="known">Projections of other partitions as they are stored.</param>
    /// <param name="cancel">Ends the query in the database too.</param>
    async Task<Difference<TRow>> DifferenceAsync<TRow>(
        string[] partitions, Func<Projection, List<TRow>> rowsOf, IReadOnlyList<Projection> projections, IReadOnlyList<Projection> known,
        CancellationToken cancel) where TRow : ProjectedRow
    {
        List<TRow> rows = [.. projections.SelectMany(rowsOf)];
        var stored = partitions.Length == 0 ? [] : await database.Set<TRow>().AsNoTracking().Where(r => partitions.Contains(r.Partition)).ToListAsync(cancel);
        if (known.Count > 0)
        {
            // Most rows of a crowd are taken over from the projection before: the same objects.
            var takenOver = known.SelectMany(rowsOf).ToHashSet<TRow>(ReferenceEqualityComparer.Instance);
            rows.RemoveAll(takenOver.Remove);
            stored.AddRange(takenOver);
        }
        if (stored.Count == 0) return new([], rows, []);
        var added = rows.ToHashSet(RowComparer<TRow>.Instance);
        var isUnchanged = stored.ToLookup(added.Remove);
        return new([.. isUnchanged[false]], [.. added], [.. isUnchanged[true]]);
    }

    // The added rows are made one by one while they are written.
    async Task<(string[] Removed, IEnumerable<CandidateRow> Added)> CandidateDifferenceAsync(
        string[] partitions, IReadOnlyList<Projection> projections, IReadOnlyList<Projection> known, CancellationToken cancel)
    {
        if (partitions.Length == 0 && known.Count == 0) return ([], projections.SelectMany(p => p.Candidates.Rows));
        var stored = partitions.Length == 0 ? [] : await StoredCandidatesAsync(partitions, cancel);
        var added = new List<(ProjectedCandidates Of, Candidate Pair)>();
        foreach (var projection in projections)
        {
            // Most pairs of a crowd are as before: of the same facts, which have the same claims.
            var before = projection.Crowd?.Stored is { } last && known.Contains(last) ? last.Candidates : null;
            var left = before is null ? [] : before.Pairs.ToHashSet();
            foreach (var pair in projection.Candidates.Pairs)
                if (!left.Contains(pair) || !projection.Candidates.HasSameRow(pair, before!)) added.Add((projection.Candidates, pair));
                else left.Remove(pair);
            foreach (var pair in left) stored[KeyOf(pair)] = before!.ContentOf(pair);
        }
        added.RemoveAll(c => stored.TryGetValue(KeyOf(c.Pair), out var content) && content == c.Of.ContentOf(c.Pair) && stored.Remove(KeyOf(c.Pair)));
        return ([.. stored.Keys.Select(key => Candidate.IdOf(key.A, key.B, key.Claim))], added.Select(c => c.Of.Row(c.Pair)));

        static (long, long, long?) KeyOf(Candidate pair) => (pair.A.Id, pair.B.Id, pair.Claim?.Id);
    }

    async Task<Dictionary<(long A, long B, long? Claim), Guid>> StoredCandidatesAsync(string[] partitions, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(
            "select a, b, claim, content from candidates where partition = any (@partitions)", cancel, new NpgsqlParameter("partitions", partitions));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var stored = new Dictionary<(long, long, long?), Guid>();
        while (await reader.ReadAsync(cancel))
            stored.Add((reader.GetInt64(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetInt64(2)), reader.GetGuid(3));
        return stored;
    }

    async Task DeleteAsync<TRow>(string table, List<TRow> rows, CancellationToken cancel) where TRow : FactRow
    {
        if (rows.Count == 0) return;
        await using var command = await database.CommandAsync($"delete from {table} where (id, valid_from) in (select * from unnest(@ids, @days))", cancel,
            new("ids", rows.Select(r => r.Id).ToArray()), new("days", rows.Select(r => r.ValidFrom).ToArray()));
        await command.ExecuteNonQueryAsync(cancel);
    }

    async Task DeleteLinksAsync(List<LinkRow> rows, CancellationToken cancel)
    {
        if (rows.Count == 0) return;
        await database.Database.ExecuteSqlAsync(
            $"""
            delete from links
            where (commitment_id, delivery_id, valid_from) in (
                select * from unnest(
                    {rows.Select(l => l.CommitmentId).ToArray()}, {rows.Select(l => l.DeliveryId).ToArray()}, {rows.Select(l => l.ValidFrom).ToArray()})
            )
            """, cancel);
    }

    async Task DeleteTotalsAsync(List<TotalRow> rows, CancellationToken cancel)
    {
        if (rows.Count > 0) await database.Database.ExecuteSqlAsync($"delete from totals where id = any ({rows.Select(t => t.Id).ToArray()})", cancel);
    }

    async Task DeleteCandidatesAsync(string[] ids, CancellationToken cancel)
    {
        if (ids.Length > 0) await database.Database.ExecuteSqlAsync($"delete from candidates where id = any ({ids})", cancel);
    }

    static IEnumerable<FactChange> FactChanges<TRow>(FactKind kind, Difference<TRow> difference, DateOnly today) where TRow : FactRow
    {
        var before = difference.Removed.Where(r => r.HoldsOn(today)).DistinctBy(r => r.Id).ToDictionary(r => r.Id);
        var after = difference.Added.Where(r => r.HoldsOn(today)).ToList();
        var ids = after.Select(r => r.Id).ToHashSet();
        foreach (var row in after.OrderBy(r => r.Id))
            if (!before.TryGetValue(row.Id, out var old)) yield return new(kind, row.Id, "created", null);
            // An unmet need may have changed on other days only.
            else if (!RowComparer<TRow>.Instance.Equals((TRow)old.At(today), (TRow)row.At(today))) yield return new(kind, row.Id, "changed", null);
        foreach (var removed in before.Keys.Where(id => !ids.Contains(id)).Order())
            yield return new(kind, removed, "removed", after.Find(r => r.ClaimIds.Contains(removed))?.Id);
    }

    // A balance may be the sum of several rows, of which only some have changed.
    static IEnumerable<BalanceChange> BalanceChanges(Difference<TotalRow> difference, DateOnly today)
    {
        var (removed, added, unchanged) = (ByBalance(difference.Removed), ByBalance(difference.Added), ByBalance(difference.Unchanged));
        return removed.Concat(added).DistinctBy(balance => balance.Key).Select(balance =>
        {
            var (row, others) = (balance.First(), unchanged[balance.Key]);
            return BalanceChange.Between(
                row.Donors, row.Recipient, row.Items, row.Unit, Sum(removed[balance.Key].Concat(others)), Sum(added[balance.Key].Concat(others)));
        }).OfType<BalanceChange>();

        Measures Sum(IEnumerable<TotalRow> totals) => Facts.Measures.Sum(totals.Select(t => t.MeasuresOn(today)));

        ILookup<(string, string, string, string?), TotalRow> ByBalance(List<TotalRow> rows) => rows.Where(t => t.HoldsOn(today))
            .ToLookup(t => (string.Join('+', t.Donors), t.Recipient, string.Join('|', t.Items), t.Unit));
    }

    // The columns of a commitment that can reduce an unmet need; null where it reduces none.
    static object? SupplyOf(CommitmentRow c) => c.Firmness == "intent" || c.CommittedLow is null || c is { CommittedLow: 0, CommittedHigh: 0 }
        ? null : (c.Recipient, c.Unit, string.Join('|', c.Items), c.Begins, c.Ends, c.CommittedLow, c.CommittedHigh, c.ValidFrom, c.ValidTo);

    // The columns of a delivery that can reduce an unmet need; null where it reduces none.
    static object? SupplyOf(DeliveryRow d) => d.UnpledgedLow is null || d is { UnpledgedLow: 0, UnpledgedHigh: 0 }
        ? null : (d.Recipient, d.Unit, string.Join('|', d.Items), d.Begins, d.Ends, d.UnpledgedLow, d.UnpledgedHigh, d.ValidFrom, d.ValidTo);

    static IEnumerable<(string, string?)> SubjectsWithOtherSupply<TRow>(Difference<TRow> difference, Func<TRow, object?> supplyOf) where TRow : FactRow
    {
        if (difference.Removed.Count == 0) return difference.Added.Where(r => supplyOf(r) is not null).Select(r => (r.Recipient, r.Unit));
        // Each supply is counted up where it is added and down where it is removed. A count of 0 means that nothing changed.
        var counts = new Dictionary<object, (int Count, TRow Row)>();
        foreach (var row in difference.Added)
            if (supplyOf(row) is { } added) counts[added] = (counts.GetValueOrDefault(added).Count + 1, row);
        foreach (var row in difference.Removed)
            if (supplyOf(row) is { } removed) counts[removed] = (counts.GetValueOrDefault(removed).Count - 1, row);
        return counts.Values.Where(c => c.Count != 0).Select(c => (c.Row.Recipient, c.Row.Unit));
    }
}
