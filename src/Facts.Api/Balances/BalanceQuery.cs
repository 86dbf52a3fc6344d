using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Npgsql;

namespace Facts.Api.Balances;

/// <summary>Answers a query from the stored balance totals where they hold the answer, else from the claims.</summary>
internal sealed class BalanceQuery(FactsContext database, ReadSource source, Computation computation, TimeProvider clock)
{
    public DateOnly Today => clock.Today;

    /// <summary>
    /// The rows from stored totals alone, in one round trip and one snapshot, with the version of the store. Null where totals cannot answer,
    /// or do not cover the day.
    /// </summary>
    public async Task<(long Version, IReadOnlyList<BalanceSums> Rows)?> StoredRowsAsync(BalanceFilter filter, ItemTree items, CancellationToken cancel)
    {
        if (!filter.IsOfTotals) return null;
        var day = filter.Evaluation.AsOf;
        var totals = new TotalReader(filter, items, [], [day]);
        await using var connection = await source.OpenAsync(cancel);
        await using var batch = new NpgsqlBatch(connection);
        ProjectionCoverage.BeginBatch(batch, day, new(filter.Names.Recipients, null));
        totals.AddTo(batch);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var (version, isCovered) = await ProjectionCoverage.ReadAsync(reader, cancel);
        if (!isCovered) return null;
        return (version, (await totals.ReadAsync(reader, new() { [day] = new(new()) }, cancel).SingleAsync(cancel)).Rows);
    }

    /// <summary>The rows on the day of the filter.</summary>
    /// <param name="filter">The query.</param>
    /// <param name="items">The item tree.</param>
    /// <param name="cancel">Ends the query.</param>
    /// <param name="withSources">False where nobody needs the numbers of articles and publishers, which takes half the time.</param>
    public async Task<IReadOnlyList<BalanceSums>> RowsAsync(BalanceFilter filter, ItemTree items, CancellationToken cancel, bool withSources = true) =>
        [.. (await OnDaysAsync(filter, [filter.Evaluation.AsOf], items, cancel, withSources)).Select(row => row.Row)];

    /// <summary>The rows of each of these days, in ascending order. Claims that must be read are read and resolved only once for all days.</summary>
    /// <param name="filter">The query.</param>
    /// <param name="days">The days, ascending.</param>
    /// <param name="items">The item tree.</param>
    /// <param name="cancel">Ends the query.</param>
    /// <param name="withSources">False where nobody needs the numbers of articles and publishers.</param>
    /// <param name="only">The measures that are needed, if nothing else is; null for everything.</param>
    public async Task<IReadOnlyList<(DateOnly Day, BalanceSums Row)>> OnDaysAsync(BalanceFilter filter, IReadOnlyList<DateOnly> days, ItemTree items,
        CancellationToken cancel, bool withSources = true, IReadOnlyCollection<string>? only = null)
    {
        // Stored totals answer what they can. The facts of all other partitions are computed.
        var uncovered = filter.IsOfTotals ? await ProjectionCoverage.UncoveredAsync(
            database, days[0], days[^1], new(filter.Names.Recipients, null), cancel) : null;
        if (uncovered is not []) await computation.BeginAsync(cancel);
        var limit = new RowLimit();
        var sums = uncovered is [] ? NoSums() : await HistoricalFacts.SumAsync(
            database, filter.Selection, filter.Policy, items, filter.Names, uncovered,
            [.. days.Select(day => filter.Evaluation with { AsOf = day })], NoSums, Add, cancel);
        if (uncovered is null) return [.. days.SelectMany(day => sums[day].Rows(), (day, row) => (day, row))];
        var totals = new TotalReader(filter, items, uncovered, days, withSources, only);
        await using var batch = await database.BatchAsync(cancel);
        totals.AddTo(batch);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var rows = new List<(DateOnly, BalanceSums)>();
        await foreach (var (day, ofDay) in totals.ReadAsync(reader, sums, cancel)) rows.AddRange(ofDay.Select(row => (day, row)));
        return rows;

        Dictionary<DateOnly, BalanceSummer> NoSums() => days.ToDictionary(day => day, _ => new BalanceSummer(limit));

        void Add(Dictionary<DateOnly, BalanceSummer> to, FactStates states)
        {
            foreach (var row in Balance.Rows(states.All.Where(filter.Matches), filter.GroupBy, items, states.Options.AsOf)) to[states.Options.AsOf].Add(row);
        }
    }

    /// <summary>
    /// The rows of several groupings, each on some days, of a query that totals cannot answer, and its facts. The claims are read and resolved only once.
    /// </summary>
    /// <param name="filter">The query; its own groups and day do not matter.</param>
    /// <param name="parts">The groups and days.</param>
    /// <param name="items">The item tree.</param>
    /// <param name="cancel">Ends the query and the computation.</param>
    /// <returns>
    /// The rows of each part, and all facts of the parties, items and units on the day of the query; null for facts that are stored.
    /// </returns>
    public async Task<(IReadOnlyDictionary<(Grouping Groups, DateOnly Day), IReadOnlyList<BalanceSums>> Rows, FactRows? Facts)> ComputedAsync(
        BalanceFilter filter, IReadOnlyCollection<(Grouping Groups, DateOnly Day)> parts, ItemTree items, CancellationToken cancel)
    {
        await computation.BeginAsync(cancel);
        var groups = parts.Distinct().ToLookup(p => p.Day, p => p.Groups);
        var limit = new RowLimit();
        var withFacts = filter.KnownAt is not null || !filter.Facts.IsUsual;
        var (sums, facts) = await HistoricalFacts.SumAsync(database, filter.Selection, filter.Policy, items, filter.Names, null,
            [.. groups.Select(day => day.Key).Order().Select(day => filter.Evaluation with { AsOf = day })],
            () => (Sums: parts.Distinct().ToDictionary(p => p, _ => new BalanceSummer(limit)), Facts: new FactRows([], [], [], [])), (to, states) =>
            {
                if (withFacts && states.Options.AsOf == filter.Evaluation.AsOf) to.Facts.Add(FactRows.From(states));
                var matching = states.All.Where(filter.Matches).ToList();
                foreach (var grouping in groups[states.Options.AsOf])
                    foreach (var row in Balance.Rows(matching, grouping, items, states.Options.AsOf)) to.Sums[(grouping, states.Options.AsOf)].Add(row);
            }, cancel);
        return (sums.ToDictionary(s => s.Key, s => s.Value.Rows()), withFacts ? facts : null);
    }

    /// <summary>
    /// The one row that matches, with the facts and claims behind it. Where not exactly one row matches: null, and the number of rows that match.
    /// </summary>
    /// <param name="filter">The query whose answer has the row.</param>
    /// <param name="items">The tree of items.</param>
    /// <param name="matches">Tells by its key whether a row matches.</param>
    /// <param name="names">The names in the key of the row, as far as it has them. Only claims that can concern these names are read.</param>
    /// <param name="cancel">Cancels the query.</param>
    public async Task<(ExplainedRow? Row, int Rows)> ExplainedAsync(
        BalanceFilter filter, ItemTree items, Func<BalanceKey, bool> matches, NameFilter names, CancellationToken cancel)
    {
        await computation.BeginAsync(cancel);
        var resolution = await HistoricalFacts.ResolveAsync(database, filter.Selection, filter.Policy, items, names, cancel);
        var states = Balance.States(resolution, filter.Evaluation).All.ToList();
        var matching = states.FindAll(filter.Matches);
        var found = Balance.Rows(matching, filter.GroupBy, items, filter.Evaluation.AsOf).Where(r => matches(r.Key)).ToList();
        if (found is not [var row]) return (null, found.Count);
        var (existing, own) = (states.Select(s => s.Fact).ToHashSet(), row.Facts.Select(s => s.Fact).ToHashSet());
        return (new(row, ContributingFacts.Find(row.Facts, states, items),
            [.. matching.Where(s => !s.Counts && Balance.KeyOf(s, filter.GroupBy, items) == row.Key)],
            [.. resolution.Facts.Where(f => !existing.Contains(f))],
            [.. resolution.Candidates.Select(c => c.Claim).OfType<Claim>().DistinctBy(c => c.Id)],
            [.. resolution.Candidates.Where(c => (own.Contains(c.A) || own.Contains(c.B)) && existing.Contains(c.A) && existing.Contains(c.B))]), 1);
    }
}
