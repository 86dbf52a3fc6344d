namespace Facts;

/// <summary>The arithmetic between facts (DESIGN.md §8).</summary>
public static class Balance
{
    /// <summary>Every fact that exists from the view, with its numbers.</summary>
    /// <param name="resolution">The facts.</param>
    /// <param name="view">From where they are seen.</param>
    /// <param name="elsewhere">What else takes away from the needs among them, where they are not resolved together with all that was given.</param>
    public static FactStates States(Resolution resolution, EvaluationOptions view, IEnumerable<Supply>? elsewhere = null) =>
        new FactStateBuilder(resolution, Matching.From(resolution, view), elsewhere ?? []).Build();

    /// <summary>Rows by group and unit, ordered by key. Standings that do not count are left out.</summary>
    public static IReadOnlyList<BalanceRow> Rows(IEnumerable<FactState> standings, Grouping groups, ItemTree items, DateOnly asOf) =>
        [.. standings.Where(s => s.Counts).GroupBy(s => KeyOf(s, groups, items)).Select(g => Row(g.Key, [.. g], asOf))
            .OrderBy(r => r.Key)];

    /// <summary>
    /// The days after <paramref name="from"/>, ascending, on which any standing may change merely because the day passes:
    /// between two of them all standings are the same.
    /// </summary>
    public static IReadOnlyList<DateOnly> Breakpoints(Resolution resolution, DateOnly from)
    {
        var days = new SortedSet<DateOnly>();
        foreach (var claim in resolution.Requests.Concat<Fact>(resolution.Commitments).Concat(resolution.Deliveries).SelectMany(f => f.Claims)
            .Concat(resolution.Candidates.Select(c => c.Claim).OfType<Claim>()))
        {
            Add(claim.Stated.From, claim.Stated.To, claim.Happened?.From, claim.Happened?.To);
            // A deadline is missed on the day after it.
            Add(claim.Due?.To?.AddDays(1), claim.Due?.FuzzyTo?.AddDays(1));
        }
        return [.. days];

        void Add(params ReadOnlySpan<DateOnly?> changes)
        {
            foreach (var day in changes)
                if (day > from) days.Add(day.Value);
        }
    }

    /// <summary>The row that a fact belongs to.</summary>
    public static BalanceKey KeyOf(FactState s, Grouping groups, ItemTree items) =>
        KeyOf(s.Unit, s.Donors, s.Recipient, s.Items, s.Stated, (s as CommitmentState)?.Due, groups, items);

    /// <summary>The row that a fact like that belongs to.</summary>
    public static BalanceKey KeyOf(string? unit, CodeSet donors, string recipient, CodeSet of, FuzzyDate stated, FuzzyDate? due, Grouping groups, ItemTree items) => new(
        unit,
        groups.HasFlag(Grouping.Donor) ? donors : null,
        groups.HasFlag(Grouping.Recipient) ? recipient : null,
        groups.HasFlag(Grouping.Item) ? of : null,
        groups.HasFlag(Grouping.Category) ? items.Trees(of) : null,
        groups.HasFlag(Grouping.YearStated) ? DateWindow.From(stated).Begin.Year : null,
        groups.HasFlag(Grouping.YearDue) ? (due?.To ?? due?.From)?.Year : null);

    static BalanceRow Row(BalanceKey key, List<FactState> standings, DateOnly asOf)
    {
        var claims = standings.SelectMany(s => s.Claims).DistinctBy(c => c.Id).ToList();
        var sums = standings.Select(s => s.Measures).Aggregate(Measures.Zero, (a, b) => a + b);
        return new()
        {
            Key = key,
            Measures = sums.InOrder(),
            Sums = sums,
            Evidence = claims,
            Articles = claims.Select(c => c.Article.Name).Distinct().Count(),
            Publishers = claims.Select(c => c.Article.PublisherKey).Distinct().Count(),
            // Where a date is not over, its first day is the last that is sure to be right; the day asked for would change it every day.
            LastStatedOn = claims.Count == 0 ? null : claims.Max(c => DateWindow.From(c.Stated) is var p && p.IsOver(asOf) ? p.End : p.Begin),
            Facts = standings,
        };
    }
}
