using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Npgsql;

namespace Facts.Api.Projections;

/// <summary>Stores the projections of partitions. It compares them with the stored rows and writes only the rows that differ.</summary>
internal sealed class ProjectionWriter(FactsContext database, TimeProvider clock)
{
    /// <summary>Most partitions whose rows are read before it is known whether they have any. Others have none when they are written first.</summary>
    const int MostReadUnseen = 50;

    /// <summary>Stores projections and records in the change which facts and balances they changed.</summary>
    /// <param name="trip">Statements that are to be sent first. The last rows to be written are left in it.</param>
    /// <param name="change">Records the changes.</param>
    /// <param name="projections">The projections.</param>
    /// <param name="cancel">Ends the statements.</param>
    /// <returns>The recipients and units whose supply changed.</returns>
    public async Task<HashSet<(string Recipient, string? Unit)>> WriteAsync(
        RoundTrip trip, ChangeRecord change, IReadOnlyList<Projection> projections, CancellationToken cancel)
    {
        var version = Guid.NewGuid();
        var written = StoreCoverage(trip, projections, version);
        var crowds = projections.Select(p => p.Crowd).OfType<Crowd>().Where(c => c.Stored is not null).ToList();
        string[] partitions = [.. projections.SelectMany(p => p.Partitions)];
        if (crowds.Count > 0 || partitions.Length > MostReadUnseen) await trip.SendAsync(cancel);
        // Of a crowd in memory, the stored rows are known if nobody else has written them since.
        var before = written.ToDictionary(p => p.Partition, p => p.Before, StringComparer.Ordinal);
        var known = crowds.Where(c => c.Partitions.All(p => before[p] == c.Version)).ToList();
        var stored = known.ConvertAll(c => c.Stored!);
        string[] unknown = [.. partitions.Except(written.Where(p => !p.MayHaveRows).Select(p => p.Partition)).Except(known.SelectMany(c => c.Partitions))];
        var (storedRequests, storedCommitments, storedDeliveries, storedLinks) = (AskRows<RequestRow>(trip, unknown), AskRows<CommitmentRow>(trip, unknown),
            AskRows<DeliveryRow>(trip, unknown), AskRows<LinkRow>(trip, unknown));
        // The store numbers the totals, and there are few.
        var storedTotals = AskRows<TotalRow>(trip, [.. unknown, .. known.SelectMany(c => c.Partitions)]);
        var storedCandidates = AskCandidates(trip, unknown);
        await trip.SendAsync(cancel);
        var requests = DifferenceOf(storedRequests, p => p.Requests, projections, stored);
        var commitments = DifferenceOf(storedCommitments, p => p.Commitments, projections, stored);
        var deliveries = DifferenceOf(storedDeliveries, p => p.Deliveries, projections, stored);
        var links = DifferenceOf(storedLinks, p => p.Links, projections, stored);
        var totals = DifferenceOf(storedTotals, p => p.Totals, projections, []);
        var (removedCandidates, addedCandidates) = CandidateDifference(storedCandidates, projections, stored);
        Delete(trip, "requests", requests.Removed);
        Delete(trip, "commitments", commitments.Removed);
        Delete(trip, "deliveries", deliveries.Removed);
        DeleteLinks(trip, links.Removed);
        DeleteTotals(trip, totals.Removed);
        DeleteCandidates(trip, removedCandidates);
        await trip.InsertAsync(requests.Added, cancel);
        await trip.InsertAsync(commitments.Added, cancel);
        await trip.InsertAsync(deliveries.Added, cancel);
        await trip.InsertAsync(links.Added, cancel);
        await trip.InsertAsync(totals.Added, cancel);
        await trip.InsertAsync(addedCandidates, cancel);

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
    /// The partitions, once the statements have been sent, each with its version before, and whether it may have stored rows: all but those that this write is
    /// the first to write.
    /// </returns>
    static List<(string Partition, bool MayHaveRows, Guid? Before)> StoreCoverage(RoundTrip trip, IReadOnlyList<Projection> projections, Guid version)
    {
        var coverage = projections.SelectMany(p => p.Partitions, (p, partition) => (Partition: partition, p.From, p.Until, p.IsDeferred)).ToList();
        return trip.Ask(
            """
            with before as (select partition, version from partitions where partition = any (@partitions))
            update partitions
            set computed_from = now.computed_from, computed_until = now.computed_until, is_deferred = now.is_deferred, writes = writes + 1, version = @version
            from before
            join unnest(@partitions, @from, @until, @is_deferred) as now (partition, computed_from, computed_until, is_deferred) using (partition)
            where partitions.partition = now.partition
            returning partitions.partition, writes > 1, before.version
            """, r => (r.GetString(0), r.GetBoolean(1), r.IsDBNull(2) ? (Guid?)null : r.GetGuid(2)),
            new("partitions", coverage.Select(c => c.Partition).ToArray()), new("from", coverage.Select(c => c.From).ToArray()),
            new("until", coverage.Select(c => c.Until).ToArray()), new("is_deferred", coverage.Select(c => c.IsDeferred).ToArray()), new("version", version));
    }

    /// <summary>Asks for the stored rows of partitions.</summary>
    List<TRow> AskRows<TRow>(RoundTrip trip, string[] partitions) where TRow : ProjectedRow, new()
    {
        if (partitions.Length == 0) return [];
        var rows = RowReader<TRow>.Of(database);
        // `offset 0` makes PostgreSQL use an index, also by a plan that was made while the store was new.
        return trip.Ask(
            $"""
            select {rows.Select("r")}
            from unnest(@partitions) as wanted (partition)
            cross join lateral (select * from {rows.Table} where partition = wanted.partition offset 0) r
            """, rows.Read, new NpgsqlParameter("partitions", partitions));
    }

    /// <summary>Compares the rows of projections with the stored ones.</summary>
    /// <param name="stored">The rows that were read.</param>
    /// <param name="rowsOf">The rows of a projection.</param>
    /// <param name="projections">The projections to store.</param>
    /// <param name="known">Projections as they are stored, of partitions whose rows were not read.</param>
    static Difference<TRow> DifferenceOf<TRow>(
        List<TRow> stored, Func<Projection, List<TRow>> rowsOf, IReadOnlyList<Projection> projections, IReadOnlyList<Projection> known)
        where TRow : ProjectedRow
    {
        List<TRow> rows = [.. projections.SelectMany(rowsOf)];
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
    static (string[] Removed, IEnumerable<CandidateRow> Added) CandidateDifference(
        List<((long A, long B, long? Claim) Key, Guid Content)> read, IReadOnlyList<Projection> projections, IReadOnlyList<Projection> known)
    {
        if (read.Count == 0 && known.Count == 0) return ([], projections.SelectMany(p => p.Candidates.Rows));
        var stored = read.ToDictionary(c => c.Key, c => c.Content);
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

    static List<((long A, long B, long? Claim) Key, Guid Content)> AskCandidates(RoundTrip trip, string[] partitions) => partitions.Length == 0 ? []
        : trip.Ask(
            """
            select r.a, r.b, r.claim, r.content
            from unnest(@partitions) as wanted (partition)
            cross join lateral (select a, b, claim, content from candidates where partition = wanted.partition offset 0) r
            """, r => ((r.GetInt64(0), r.GetInt64(1), r.IsDBNull(2) ? (long?)null : r.GetInt64(2)), r.GetGuid(3)),
            new NpgsqlParameter("partitions", partitions));

    static void Delete<TRow>(RoundTrip trip, string table, List<TRow> rows) where TRow : FactRow
    {
        if (rows.Count == 0) return;
        trip.Add($"delete from {table} where (id, valid_from) in (select * from unnest(@ids, @days))",
            new("ids", rows.Select(r => r.Id).ToArray()), new("days", rows.Select(r => r.ValidFrom).ToArray()));
    }

    static void DeleteLinks(RoundTrip trip, List<LinkRow> rows)
    {
        if (rows.Count == 0) return;
        trip.Add("delete from links where (commitment_id, delivery_id, valid_from) in (select * from unnest(@commitments, @deliveries, @days))",
            new("commitments", rows.Select(l => l.CommitmentId).ToArray()), new("deliveries", rows.Select(l => l.DeliveryId).ToArray()),
            new("days", rows.Select(l => l.ValidFrom).ToArray()));
    }

    static void DeleteTotals(RoundTrip trip, List<TotalRow> rows)
    {
        if (rows.Count > 0) trip.Add("delete from totals where id = any (@ids)", new NpgsqlParameter("ids", rows.Select(t => t.Id).ToArray()));
    }

    static void DeleteCandidates(RoundTrip trip, string[] ids)
    {
        if (ids.Length > 0) trip.Add("delete from candidates where id = any (@ids)", new NpgsqlParameter("ids", ids));
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
