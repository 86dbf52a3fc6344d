using System.Text.Json;
using System.Text.Json.Nodes;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Projections;

/// <summary>
/// Computes everything from the claims and compares it with the stored projections: today, on each later day on which something changes, and on earlier such
/// days. Of very many earlier days of a recipient and unit it takes some, spread evenly. It reads one snapshot, so a store that is in use can be verified.
/// Its memory grows with the largest recipient and unit, not with the store.
/// </summary>
internal sealed class Verifier(FactsContext database, TimeProvider clock)
{
    const int BatchSize = 10_000, MaxShown = 100;

    /// <summary>Most fact states that are computed for the earlier days of one recipient and unit.</summary>
    const int MaxEarlierStates = 20_000;

    readonly List<string> _differences = [];
    int _count;

    /// <summary>Verifies the store.</summary>
    /// <param name="progress">Receives the number of partitions that were compared, and of all; null for nobody.</param>
    /// <param name="cancel">Ends the computation.</param>
    public async Task<Verified> VerifyAsync(Action<int, int>? progress, CancellationToken cancel)
    {
        var compared = 0;
        await using var snapshot = await Snapshot.BeginAsync(database, cancel);
        var items = (await CatalogueStore.ReadAsync(database, cancel)).Tree;
        var decisions = await Decisions.AtAsync(database, null, cancel);
        var rows = await database.Set<PartitionRow>().AsNoTracking().ToListAsync(cancel);
        await CheckIntegrityAsync(cancel);
        // Partitions of one recipient and unit are computed together with its requests, so that no stored supply takes part in the computation.
        var subjectLinks = rows.Where(p => p.Recipient is not null).Select(p => ($"u:{p.Recipient}#{p.Unit}", p.Partition));
        var byName = rows.ToDictionary(p => p.Partition, StringComparer.Ordinal);
        foreach (var batch in await Partitions.BatchesAsync(database, [.. byName.Keys], BatchSize, subjectLinks, cancel))
        {
            var stored = await StoredProjection.ReadAsync(database, [.. batch.SelectMany(group => group)], cancel);
            foreach (var (group, claims) in batch.Zip(await ClaimStore.ReadAsync(database, batch, cancel)))
            {
                cancel.ThrowIfCancellationRequested();
                Compare([.. group.Select(name => byName[name])], Resolution.From(claims, items, decisions, cancel), items, stored);
                progress?.Invoke(compared += group.Length, rows.Count);
            }
        }
        return new(rows.Count, _count, _differences);
    }

    // Finds errors that no computation shows: claims without a partition or a change, and missing partition links.
    async Task CheckIntegrityAsync(CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(Sql.Text("Projections", "integrity_checks"), cancel);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) Report(reader.GetString(0));
    }

    void Compare(IReadOnlyList<PartitionRow> partitions, Resolution resolution, ItemTree items, StoredProjection projection)
    {
        var today = clock.Today;
        var (from, until) = (partitions.Max(p => p.ComputedFrom), partitions.Min(p => p.ComputedUntil ?? DateOnly.MaxValue));
        var (requests, commitments, deliveries, links, totals, candidates) = projection.For(partitions);
        var spanning = TotalRows.Spanning(resolution.Candidates);
        if (from <= today && today < until) Compare("candidate", [.. new ProjectedCandidates(resolution.Candidates, spanning).Rows], candidates);
        // A day that the projection does not cover is computed from the claims for each query, so it cannot differ.
        foreach (var day in Days(resolution, today).Where(d => d >= from && d < until))
        {
            var states = Balance.States(resolution, new EvaluationOptions(day));
            var computed = FactRows.From(states);
            Compare("request", day, computed.Requests, requests);
            Compare("commitment", day, computed.Commitments, commitments);
            Compare("delivery", day, computed.Deliveries, deliveries);
            Compare("link", day, computed.Links, links);
            Compare("total", day, [.. TotalRows.Build(states, items, spanning)], totals);
        }
    }

    static IEnumerable<DateOnly> Days(Resolution resolution, DateOnly today)
    {
        var days = Balance.Breakpoints(resolution, DateOnly.MinValue);
        var earlier = days.Count(d => d < today);
        var facts = resolution.Facts.Count();
        var step = 1 + (int)((long)earlier * facts / MaxEarlierStates);
        return [.. days.Take(earlier).Where((_, i) => i % step == 0), .. days.Skip(earlier), .. days.Contains(today) ? (DateOnly[])[] : [today]];
    }

    /// <summary>The stored rows of a batch, by partition.</summary>
    sealed record StoredProjection(
        ILookup<string, RequestRow> Requests, ILookup<string, CommitmentRow> Commitments, ILookup<string, DeliveryRow> Deliveries,
        ILookup<string, LinkRow> Links, ILookup<string, TotalRow> Totals, ILookup<string, CandidateRow> Candidates)
    {
        public static async Task<StoredProjection> ReadAsync(FactsContext database, string[] partitions, CancellationToken cancel)
        {
            return new(await ReadAsync<RequestRow>(), await ReadAsync<CommitmentRow>(), await ReadAsync<DeliveryRow>(), await ReadAsync<LinkRow>(),
                await ReadAsync<TotalRow>(), await ReadAsync<CandidateRow>());

            async Task<ILookup<string, TRow>> ReadAsync<TRow>() where TRow : ProjectedRow =>
                (await database.Set<TRow>().AsNoTracking().Where(r => partitions.Contains(r.Partition)).ToListAsync(cancel))
                    .ToLookup(r => r.Partition, StringComparer.Ordinal);
        }

        public (List<RequestRow>, List<CommitmentRow>, List<DeliveryRow>, List<LinkRow>, List<TotalRow>, List<CandidateRow>) For(
            IEnumerable<PartitionRow> partitions)
        {
            var names = partitions.Select(p => p.Partition).ToList();
            return (Of(Requests), Of(Commitments), Of(Deliveries), Of(Links), Of(Totals), Of(Candidates));

            List<TRow> Of<TRow>(ILookup<string, TRow> rows) => [.. names.SelectMany(name => rows[name])];
        }
    }

    void Compare<TRow>(string noun, DateOnly day, List<TRow> computed, List<TRow> stored) where TRow : DatedRow =>
        Compare($"{noun} on {day:yyyy-MM-dd}", computed, [.. stored.Where(r => r.HoldsOn(day)).Select(r => (TRow)r.At(day))]);

    void Compare<TRow>(string noun, List<TRow> computed, List<TRow> stored) where TRow : ProjectedRow
    {
        var computedTexts = computed.Select(Text).ToHashSet(StringComparer.Ordinal);
        var storedTexts = stored.Select(Text).ToHashSet(StringComparer.Ordinal);
        foreach (var text in storedTexts.Except(computedTexts)) Report($"{noun} is stored but does not follow from the claims: {text}");
        foreach (var text in computedTexts.Except(storedTexts)) Report($"{noun} follows from the claims but is not stored: {text}");
    }

    void Report(string difference)
    {
        if (_count++ < MaxShown) _differences.Add(difference);
    }

    /// <summary>The row as JSON, without the days for which it holds and without the number that the store gave it.</summary>
    static string Text<TRow>(TRow row) where TRow : ProjectedRow
    {
        var members = JsonSerializer.SerializeToNode(row, row.GetType())!.AsObject();
        foreach (var member in new[] { nameof(DatedRow.ValidFrom), nameof(DatedRow.ValidTo) }) members.Remove(member);
        if (row is TotalRow) members.Remove(nameof(TotalRow.Id));
        // Another build may have stored the pair. Its columns are compared one by one.
        if (row is CandidateRow) members.Remove(nameof(CandidateRow.Content));
        foreach (var (name, value) in members.ToList())
            if (value is JsonValue number && number.TryGetValue<decimal>(out var plain)) members[name] = Json.Plain(plain);
        return members.ToJsonString();
    }
}
