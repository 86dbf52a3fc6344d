using System.Text.Json;
using System.Text.Json.Nodes;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Projections;

/// <summary>
/// Computes everything again from the claims and compares it with what is kept, on every day for which that holds, in one snapshot: a store that is in use
/// can be verified. Its memory depends on the largest recipient and unit, not on the store.
/// </summary>
internal sealed class Verifier(FactsContext database, TimeProvider clock)
{
    const int BatchSize = 10_000, MaxShown = 100;

    readonly List<string> _differences = [];
    int _count;

    public async Task<Verified> VerifyAsync(CancellationToken cancel)
    {
        await using var snapshot = await Snapshot.BeginAsync(database, cancel);
        var items = (await CatalogueStore.ReadAsync(database, cancel)).Tree;
        var decisions = await Decisions.AtAsync(database, null, cancel);
        var all = await database.Set<PartitionRow>().AsNoTracking().ToListAsync(cancel);
        await StructureAsync(cancel);
        // Together with the requests to whom they give, so that nothing that is kept takes part in the computation.
        var beside = all.Where(n => n.Recipient is not null).Select(n => ($"u:{n.Recipient}#{n.Unit}", n.Partition));
        var byPartition = all.ToDictionary(n => n.Partition, StringComparer.Ordinal);
        foreach (var batch in await Partitions.BatchesAsync(database, [.. byPartition.Keys], BatchSize, beside, cancel))
        {
            var there = await StoredProjection.ReadAsync(database, [.. batch.SelectMany(partitions => partitions)], cancel);
            foreach (var (partitions, claims) in batch.Zip(await ClaimStore.ReadAsync(database, batch, cancel)))
                Compare([.. partitions.Select(s => byPartition[s])], Resolution.From(claims, items, decisions), items, there);
        }
        return new(all.Count, _count, _differences);
    }

    // What no computation shows: claims outside of any partition or change, links that are missing.
    async Task StructureAsync(CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(Sql.Text("Projections", "integrity_checks"), cancel);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) Differ(reader.GetString(0));
    }

    void Compare(IReadOnlyList<PartitionRow> partitions, Resolution resolution, ItemTree items, StoredProjection there)
    {
        var today = clock.Today;
        var (from, until) = (partitions.Max(n => n.ComputedFrom), partitions.Min(n => n.ComputedUntil ?? DateOnly.MaxValue));
        var (requests, commitments, deliveries, links, totals, candidates) = there.For(partitions);
        if (from <= today && today < until) Compare("candidate", CandidateRow.From(resolution.Candidates), candidates);
        // A day for which they are not kept is computed when it is asked for: it cannot differ.
        foreach (var day in Balance.Breakpoints(resolution, today).Prepend(today).Where(d => d >= from && d < until))
        {
            var standings = Balance.States(resolution, new EvaluationOptions(day));
            var made = FactRows.From(standings);
            Compare("request", day, made.Requests, requests);
            Compare("commitment", day, made.Commitments, commitments);
            Compare("delivery", day, made.Deliveries, deliveries);
            Compare("link", day, made.Links, links);
            Compare("total", day, [.. TotalRows.Build(standings, items)], totals);
        }
    }

    /// <summary>What is kept of a batch, by partition.</summary>
    sealed record StoredProjection(
        ILookup<string, RequestRow> Requests, ILookup<string, CommitmentRow> Commitments, ILookup<string, DeliveryRow> Deliveries,
        ILookup<string, LinkRow> Links, ILookup<string, TotalRow> Totals, ILookup<string, CandidateRow> Candidates)
    {
        public static async Task<StoredProjection> ReadAsync(FactsContext database, string[] partitions, CancellationToken cancel)
        {
            return new(await ReadAsync<RequestRow>(), await ReadAsync<CommitmentRow>(), await ReadAsync<DeliveryRow>(), await ReadAsync<LinkRow>(), await ReadAsync<TotalRow>(),
                await ReadAsync<CandidateRow>());

            async Task<ILookup<string, TRow>> ReadAsync<TRow>() where TRow : ProjectedRow =>
                (await database.Set<TRow>().AsNoTracking().Where(r => partitions.Contains(r.Partition)).ToListAsync(cancel)).ToLookup(r => r.Partition, StringComparer.Ordinal);
        }

        public (List<RequestRow>, List<CommitmentRow>, List<DeliveryRow>, List<LinkRow>, List<TotalRow>, List<CandidateRow>) For(IEnumerable<PartitionRow> partitions)
        {
            var names = partitions.Select(n => n.Partition).ToList();
            return (Among(Requests), Among(Commitments), Among(Deliveries), Among(Links), Among(Totals), Among(Candidates));

            List<TRow> Among<TRow>(ILookup<string, TRow> rows) => [.. names.SelectMany(s => rows[s])];
        }
    }

    void Compare<TRow>(string noun, DateOnly day, List<TRow> made, List<TRow> kept) where TRow : DatedRow => Compare($"{noun} on {day:yyyy-MM-dd}", made, kept.FindAll(r => r.HoldsOn(day)));

    void Compare<TRow>(string noun, List<TRow> made, List<TRow> kept) where TRow : ProjectedRow
    {
        var ours = made.Select(Text).ToHashSet(StringComparer.Ordinal);
        var theirs = kept.Select(Text).ToHashSet(StringComparer.Ordinal);
        foreach (var one in theirs.Except(ours)) Differ($"{noun} is kept, but not so by the claims: {one}");
        foreach (var one in ours.Except(theirs)) Differ($"{noun} is so by the claims, but not kept: {one}");
    }

    void Differ(string difference)
    {
        if (_count++ < MaxShown) _differences.Add(difference);
    }

    /// <summary>What a row says, without the days it holds for and its number in the store.</summary>
    static string Text<TRow>(TRow row) where TRow : ProjectedRow
    {
        var members = JsonSerializer.SerializeToNode(row, row.GetType())!.AsObject();
        foreach (var own in new[] { nameof(DatedRow.ValidFrom), nameof(DatedRow.ValidTo) }) members.Remove(own);
        if (row is TotalRow) members.Remove(nameof(TotalRow.Id));
        foreach (var (name, value) in members.ToList())
            if (value is JsonValue number && number.TryGetValue<decimal>(out var plain)) members[name] = Json.Plain(plain);
        return members.ToJsonString();
    }
}
