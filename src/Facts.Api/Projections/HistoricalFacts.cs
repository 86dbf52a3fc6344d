using Facts.Api.Database;

namespace Facts.Api.Projections;

/// <summary>Computes the facts of any day, as known at any moment, from the claims of the partitions that a query needs.</summary>
internal static class HistoricalFacts
{
    /// <summary>Claims that are read and computed at a time, on one day and on very many. It bounds the memory of a query.</summary>
    const int BatchSize = 4_000, LeastBatchSize = 150;

    /// <summary>Groups with requests whose stored supply is read at a time.</summary>
    const int MostWithSupply = 200;

    /// <summary>
    /// Adds up the fact states of the parties, items and units in a query on some days. The claims are read and computed some partitions at a time, so the
    /// memory does not grow with the store, only with its largest group of connected partitions. Other facts of the same partitions are among the states.
    /// </summary>
    /// <param name="database">The store.</param>
    /// <param name="selection">Record time, attributions and publishers of the claims.</param>
    /// <param name="policy">The numbers that stand for vague words such as "dozens".</param>
    /// <param name="items">The item tree.</param>
    /// <param name="names">The parties, items and units.</param>
    /// <param name="uncovered">
    /// Only these partitions, with all that are connected to them; null for all. Stored projections must hold for the other partitions on all days.
    /// </param>
    /// <param name="days">The days, with the stage and the link policy.</param>
    /// <param name="begin">Begins a sum. It is called again if partitions turn out to be connected that were computed apart.</param>
    /// <param name="add">Adds the states of some facts on a day to the sum.</param>
    /// <param name="cancel">Ends the query in the database and the computation.</param>
    public static async Task<TSum> SumAsync<TSum>(
        FactsContext database, ClaimSelection selection, VaguePolicy policy, ItemTree items, NameFilter names, string[]? uncovered,
        IReadOnlyList<EvaluationOptions> days, Func<TSum> begin, Action<TSum, FactStates> add, CancellationToken cancel)
    {
        var partitions = (await Partitions.ForQueryAsync(database, names, cancel)).ToHashSet(StringComparer.Ordinal);
        if (uncovered is not null) partitions.IntersectWith(uncovered);
        var decisions = await Decisions.AtAsync(database, selection.KnownAt, cancel);
        var batchSize = Math.Max(LeastBatchSize, BatchSize / days.Count);
        var requested = partitions.Where(PartitionKey.IsOfRequests).ToHashSet(StringComparer.Ordinal);
        for (var links = new List<(string Key, string Partition)>(); ;)
        {
            var (sum, linked) = (begin(), links.Count);
            // Requests come last: commitments and deliveries of all groups reduce their unmet need.
            var withRequests = new List<(int Group, Resolution Resolution)>();
            var supplies = new Dictionary<(DateOnly Day, string Requests), List<(int Group, Supply Supply)>>();
            var groups = 0;
            Task<List<Computed>>? previous = null;
            foreach (var batch in await Partitions.BatchesAsync(database, partitions, batchSize, links, cancel))
            {
                var claims = await ClaimStore.ReadAsync(database, batch, selection, policy, cancel);
                // A thread of its own: on those of the pool, short requests would wait for it at each of their steps.
                var computing = Task.Factory.StartNew(
                    () => batch.Zip(claims, Compute).ToList(), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                // While one batch is computed, the next one is read.
                if (previous is not null) Add(await previous);
                previous = computing;
            }
            if (previous is not null) Add(await previous);
            if (links.Count > linked) continue;
            if (withRequests.Count == 0) return sum;
            foreach (var some in withRequests.Chunk(MostWithSupply))
            {
                var stored = uncovered is null ? null : await SupplyReader.ReadAsync(
                    database, some.SelectMany(r => r.Resolution.Requests), days.Min(d => d.AsOf), days.Max(d => d.AsOf), uncovered, cancel);
                foreach (var (group, resolution) in some)
                {
                    var storedHere = stored?.For(resolution);
                    var subjects = resolution.Requests.Select(r => RequestsOf(r.Recipient, r.Unit)).Distinct().ToList();
                    foreach (var day in days)
                    {
                        cancel.ThrowIfCancellationRequested();
                        var computedHere = subjects.SelectMany(s => supplies.GetValueOrDefault((day.AsOf, s)) ?? []).Where(s => s.Group != group);
                        add(sum, Balance.States(resolution, day, computedHere.Select(s => s.Supply).Concat(storedHere?.On(day.AsOf) ?? [])));
                    }
                }
            }
            return sum;

            void Add(List<Computed> batch)
            {
                foreach (var (resolution, states, missing) in batch)
                {
                    links.AddRange(missing.Where(m => partitions.Contains(m.Concern.Name))
                        .SelectMany(m => new[] { m.Home, m.Concern.Name }, (m, partition) => (PartitionKey.ConcernKey(m.Concern.Name), partition)));
                    if (requested.Count > 0)
                        foreach (var ofDay in states)
                            foreach (var supply in Supply.From(ofDay.All))
                                AddSupply((ofDay.Options.AsOf, RequestsOf(supply.Recipient, supply.Unit)), supply);
                    if (resolution.Requests.Count > 0) withRequests.Add((groups, resolution));
                    else states.ForEach(ofDay => add(sum, ofDay));
                    groups++;
                }
            }

            void AddSupply((DateOnly Day, string Requests) to, Supply supply)
            {
                if (!requested.Contains(to.Requests)) return;
                if (!supplies.TryGetValue(to, out var list)) supplies[to] = list = [];
                list.Add((groups, supply));
            }
        }

        static string RequestsOf(string recipient, string? unit) => PartitionKey.Requests(recipient, unit).Name;

        Computed Compute(string[] group, List<Claim> claims)
        {
            var resolution = Resolution.From(claims, items, decisions, cancel);
            // Requests that stand alone give no supply, and are evaluated when that from all groups is known.
            var standAlone = resolution.Requests.Count > 0 && resolution.Commitments.Count + resolution.Deliveries.Count == 0;
            var states = standAlone ? [] : days.Select(day =>
            {
                cancel.ThrowIfCancellationRequested();
                return Balance.States(resolution, day);
            }).ToList();
            return new(resolution, states, MissingPartitionLink.Find(group, resolution.Facts, items));
        }
    }

    /// <summary>The facts of some connected partitions, their states on each day, and links to other partitions that are not known yet.</summary>
    sealed record Computed(Resolution Resolution, List<FactStates> States, List<MissingPartitionLink> Missing);

    /// <summary>The facts of the parties, items and units in a query, not yet evaluated for a day. Other facts of the same partitions are among them.</summary>
    /// <param name="database">The store.</param>
    /// <param name="selection">Record time, attributions and publishers of the claims.</param>
    /// <param name="policy">The numbers that stand for vague words such as "dozens".</param>
    /// <param name="items">The item tree.</param>
    /// <param name="names">The parties, items and units.</param>
    /// <param name="cancel">Ends the query in the database too.</param>
    public static async Task<Resolution> ResolveAsync(
        FactsContext database, ClaimSelection selection, VaguePolicy policy, ItemTree items, NameFilter names, CancellationToken cancel) =>
        await ResolvePartitionsAsync(database, await Partitions.ForQueryAsync(database, names, cancel), selection, policy, items, cancel);

    /// <summary>The fact that a claim is about, with all facts that can affect it. Empty where the claim does not exist.</summary>
    public static async Task<Resolution> ResolveAroundClaimAsync(
        FactsContext database, long claim, ClaimSelection selection, ItemTree items, CancellationToken cancel) =>
        await ResolvePartitionsAsync(database, await Partitions.OfClaimAsync(database, claim, cancel), selection, VaguePolicy.Acled, items, cancel);

    static async Task<Resolution> ResolvePartitionsAsync(
        FactsContext database, string[] partitions, ClaimSelection selection, VaguePolicy policy, ItemTree items, CancellationToken cancel)
    {
        var claims = await ClaimStore.ReadAsync(database, partitions, selection, policy, cancel);
        return Resolution.From(claims, items, await Decisions.AtAsync(database, selection.KnownAt, cancel), cancel);
    }
}
