using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Balances;

/// <summary>Answers a question from running totals where they hold the answer, else from the claims.</summary>
internal sealed class BalanceQuery(FactsContext database, TimeProvider clock)
{
    public DateOnly Today => clock.Today;

    /// <summary>A row's sums and counts under its key.</summary>
    public sealed record Row(BalanceKey Key, Measures Measures, int Claims, int Articles, int Publishers, DateOnly? LastStatedOn)
    {
        public static Row Nothing { get; } = new(new(null, null, null, null, null, null, null), Measures.Zero, 0, 0, 0, null);

        public static Row From(BalanceRow row) => new(row.Key, row.Measures, row.Claims, row.Articles, row.Publishers, row.LastStatedOn);
    }

    public async Task<IReadOnlyList<Row>> RowsAsync(BalanceFilter filter, ItemTree items, CancellationToken cancel) =>
        filter.IsCurrent(Today) && await ProjectionCoverage.CoversAsync(database, filter.View.AsOf, filter.Names.Recipients, cancel)
            ? await FromTotalsAsync(filter, items, cancel)
            : [.. (await ComputedAsync(filter, items, cancel)).Select(Row.From)];

    async Task<IReadOnlyList<BalanceRow>> ComputedAsync(BalanceFilter filter, ItemTree items, CancellationToken cancel)
    {
        var resolution = await HistoricalFacts.ResolveAsync(database, filter.Evidence, filter.Policy, items, filter.Names, cancel);
        return Balance.Rows(Balance.States(resolution, filter.View).All.Where(filter.Takes), filter.GroupBy, items, filter.View.AsOf);
    }

    /// <summary>The one row that is meant, with what is behind it; null and how many there are where it is not one.</summary>
    /// <param name="filter">The question whose answer has the row.</param>
    /// <param name="items">The tree of items.</param>
    /// <param name="isMeant">Whether a row is the one.</param>
    /// <param name="names">Whom the row is of, as far as it says so: no more is read than has to do with it.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<(ExplainedRow? Row, int Rows)> ExplainedAsync(
        BalanceFilter filter, ItemTree items, Func<BalanceKey, bool> isMeant, NameFilter names, CancellationToken cancel)
    {
        var resolution = await HistoricalFacts.ResolveAsync(database, filter.Evidence, filter.Policy, items, names, cancel);
        var standings = Balance.States(resolution, filter.View).All.ToList();
        var taken = standings.FindAll(filter.Takes);
        var found = Balance.Rows(taken, filter.GroupBy, items, filter.View.AsOf).Where(r => isMeant(r.Key)).ToList();
        if (found is not [var row]) return (null, found.Count);
        var exist = standings.Select(s => s.Fact).ToHashSet();
        return (new(row, ContributingFacts.Find(row.Facts, standings, items),
            [.. taken.Where(s => !s.Counts && Balance.KeyOf(s, filter.GroupBy, items) == row.Key)],
            [.. resolution.Requests.Concat<Fact>(resolution.Commitments).Concat(resolution.Deliveries).Where(f => !exist.Contains(f))],
            [.. resolution.Candidates.Select(c => c.Claim).OfType<Claim>().DistinctBy(c => c.Id)]), 1);
    }

    /// <summary>The rows on each of the days: the claims are read and resolved once.</summary>
    public async Task<IReadOnlyList<(DateOnly Day, BalanceRow Row)>> TimelineAsync(BalanceFilter filter, IReadOnlyList<DateOnly> days, ItemTree items, CancellationToken cancel)
    {
        var resolution = await HistoricalFacts.ResolveAsync(database, filter.Evidence, filter.Policy, items, filter.Names, cancel);
        return [.. days.SelectMany(
            day => Balance.Rows(Balance.States(resolution, filter.View with { AsOf = day }).All.Where(filter.Takes), filter.GroupBy, items, day),
            (day, row) => (day, row))];
    }

    async Task<IReadOnlyList<Row>> FromTotalsAsync(BalanceFilter filter, ItemTree items, CancellationToken cancel)
    {
        var day = filter.View.AsOf;
        var totals = database.Set<TotalRow>().AsNoTracking().Where(t => t.ValidFrom <= day && (t.ValidTo == null || t.ValidTo > day));
        return [.. (await filter.Names.Apply(totals).ToListAsync(cancel))
            .GroupBy(t => Key(t, filter.GroupBy, items))
            .Select(Sum)
            .OrderBy(r => r.Key)];
    }

    static BalanceKey Key(TotalRow total, Grouping groups, ItemTree items) => new(
        total.Unit,
        groups.HasFlag(Grouping.Donor) ? CodeSet.From(total.Donors) : null,
        groups.HasFlag(Grouping.Recipient) ? total.Recipient : null,
        groups.HasFlag(Grouping.Item) ? CodeSet.From(total.Items) : null,
        groups.HasFlag(Grouping.Category) ? CodeSet.From(total.Items.Select(items.Top)) : null,
        null, null);

    static Row Sum(IGrouping<BalanceKey, TotalRow> totals) => new(
        totals.Key,
        totals.Select(t => t.ToMeasures()).Aggregate((a, b) => a + b).InOrder(),
        totals.Sum(t => t.Claims),
        totals.SelectMany(t => t.ArticleIds).Distinct().Count(),
        totals.SelectMany(t => t.Publishers).Distinct(StringComparer.Ordinal).Count(),
        totals.Max(t => t.LastStatedOn));
}
