using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Balances;

/// <summary>Answers a query from the stored balance totals where they hold the answer, else from the claims.</summary>
internal sealed class BalanceQuery(FactsContext database, TimeProvider clock)
{
    public DateOnly Today => clock.Today;

    public async Task<IReadOnlyList<BalanceSums>> RowsAsync(BalanceFilter filter, ItemTree items, CancellationToken cancel) =>
        filter.IsCurrent(Today) && await ProjectionCoverage.CoversAsync(database, filter.View.AsOf, filter.Names.Recipients, cancel)
            ? await FromTotalsAsync(filter, items, cancel)
            : [.. (await ComputedAsync(filter, items, cancel)).Select(BalanceSums.From)];

    async Task<IReadOnlyList<BalanceRow>> ComputedAsync(BalanceFilter filter, ItemTree items, CancellationToken cancel)
    {
        var resolution = await HistoricalFacts.ResolveAsync(database, filter.Evidence, filter.Policy, items, filter.Names, cancel);
        return Balance.Rows(Balance.States(resolution, filter.View).All.Where(filter.Matches), filter.GroupBy, items, filter.View.AsOf);
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
        var resolution = await HistoricalFacts.ResolveAsync(database, filter.Evidence, filter.Policy, items, names, cancel);
        var states = Balance.States(resolution, filter.View).All.ToList();
        var matching = states.FindAll(filter.Matches);
        var found = Balance.Rows(matching, filter.GroupBy, items, filter.View.AsOf).Where(r => matches(r.Key)).ToList();
        if (found is not [var row]) return (null, found.Count);
        var (existing, own) = (states.Select(s => s.Fact).ToHashSet(), row.Facts.Select(s => s.Fact).ToHashSet());
        return (new(row, ContributingFacts.Find(row.Facts, states, items),
            [.. matching.Where(s => !s.Counts && Balance.KeyOf(s, filter.GroupBy, items) == row.Key)],
            [.. resolution.Requests.Concat<Fact>(resolution.Commitments).Concat(resolution.Deliveries).Where(f => !existing.Contains(f))],
            [.. resolution.Candidates.Select(c => c.Claim).OfType<Claim>().DistinctBy(c => c.Id)],
            [.. resolution.Candidates.Where(c => (own.Contains(c.A) || own.Contains(c.B)) && existing.Contains(c.A) && existing.Contains(c.B))]), 1);
    }

    /// <summary>The rows of each of these days. The claims are read and resolved only once for all days.</summary>
    public async Task<IReadOnlyList<(DateOnly Day, BalanceRow Row)>> TimelineAsync(
        BalanceFilter filter, IReadOnlyList<DateOnly> days, ItemTree items, CancellationToken cancel)
    {
        var resolution = await HistoricalFacts.ResolveAsync(database, filter.Evidence, filter.Policy, items, filter.Names, cancel);
        return [.. days.SelectMany(
            day => Balance.Rows(Balance.States(resolution, filter.View with { AsOf = day }).All.Where(filter.Matches), filter.GroupBy, items, day),
            (day, row) => (day, row))];
    }

    async Task<IReadOnlyList<BalanceSums>> FromTotalsAsync(BalanceFilter filter, ItemTree items, CancellationToken cancel)
    {
        var day = filter.View.AsOf;
        var totals = database.Set<TotalRow>().AsNoTracking().Where(t => t.ValidFrom <= day && (t.ValidTo == null || t.ValidTo > day));
        var rows = await filter.Names.Apply(totals).ToListAsync(cancel);
        var spanning = await SpanningOverlaps.ReadAsync(database, filter, items, cancel);
        return [.. rows.GroupBy(t => Key(t, filter.GroupBy, items)).Select(group => Sum(group, spanning)).OrderBy(r => r.Key)];
    }

    static BalanceKey Key(TotalRow total, Grouping groups, ItemTree items) =>
        Balance.KeyOf(total.Unit, CodeSet.From(total.Donors), total.Recipient, CodeSet.From(total.Items), groups, items);

    static BalanceSums Sum(IGrouping<BalanceKey, TotalRow> totals, SpanningOverlaps spanning) => new(
        totals.Key,
        totals.Select(t => t.ToMeasures()).Aggregate((a, b) => a + b).InOrder(),
        totals.Sum(t => t.Claims),
        totals.SelectMany(t => t.ArticleIds).Distinct().Count(),
        totals.SelectMany(t => t.Publishers).Distinct(StringComparer.Ordinal).Count(),
        totals.Sum(t => t.CommittedOverlap) + spanning.Committed(totals.Key),
        totals.Sum(t => t.DeliveredOverlap) + spanning.Delivered(totals.Key),
        totals.Max(t => t.LastStatedOn));
}
