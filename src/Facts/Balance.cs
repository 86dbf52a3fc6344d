namespace Facts;

/// <summary>The arithmetic between facts (docs/semantics.md#balances).</summary>
public static class Balance
{
    /// <summary>Computes the state of every fact that exists on the day asked for.</summary>
    /// <param name="resolution">The facts.</param>
    /// <param name="options">The day, the minimum stage and the link policy.</param>
    /// <param name="elsewhere">Supplies from facts outside of <paramref name="resolution"/>. They reduce the unmet need of its requests.</param>
    public static FactStates States(Resolution resolution, EvaluationOptions options, IEnumerable<Supply>? elsewhere = null) =>
        new FactStateBuilder(resolution, Matching.From(resolution, options), elsewhere ?? [], null).Build();

    /// <summary>Computes the state of every fact that exists on a day, and takes over those that are as before.</summary>
    /// <param name="resolution">The facts, some of them taken over from the resolution before.</param>
    /// <param name="options">The day, the minimum stage and the link policy.</param>
    /// <param name="before">The states of the resolution before, under the same options; null without one.</param>
    internal static FactStates StatesFromKnown(Resolution resolution, EvaluationOptions options, FactStates? before) =>
        new FactStateBuilder(resolution, Matching.From(resolution, options), [], before).Build();

    /// <summary>Adds fact states up to one row for each group and unit, ordered by key. States that do not count are left out.</summary>
    public static IReadOnlyList<BalanceRow> Rows(IEnumerable<FactState> states, Grouping groups, ItemTree items, DateOnly asOf)
    {
        // Very many facts have few different subjects. Without years, the subject decides the row.
        var (byKey, bySubject) = (new Dictionary<BalanceKey, List<FactState>>(), new Dictionary<Subject, List<FactState>>());
        var hasYears = groups.HasFlag(Grouping.YearStated) || groups.HasFlag(Grouping.YearDue);
        foreach (var state in states)
        {
            if (!state.Counts) continue;
            var subject = Subject.Of(state.Fact);
            if (hasYears || !bySubject.TryGetValue(subject, out var row))
            {
                var key = KeyOf(state, groups, items);
                if (!byKey.TryGetValue(key, out row)) byKey[key] = row = [];
                bySubject[subject] = row;
            }
            row.Add(state);
        }
        return [.. byKey.Select(row => Row(row.Key, row.Value, asOf)).OrderBy(r => r.Key)];
    }

    /// <summary>
    /// The days after <paramref name="from"/>, ascending, on which a fact state may change only because the day passes.
    /// Between two of these days no state changes.
    /// </summary>
    public static IReadOnlyList<DateOnly> Breakpoints(Resolution resolution, DateOnly from)
    {
        var days = new SortedSet<DateOnly>();
        foreach (var fact in resolution.Facts)
            for (var i = 0; i < fact.Claims.Count; i++) AddDays(fact.Claims[i]);
        foreach (var pair in resolution.Candidates)
            if (pair.Claim is { } claim) AddDays(claim);
        return [.. days];

        void AddDays(Claim claim)
        {
            Add(claim.Stated.From, claim.Stated.To, claim.Happened?.From, claim.Happened?.To);
            // A deadline is missed on the day after it.
            Add(claim.Due?.To?.AddDays(1), claim.Due?.FuzzyTo?.AddDays(1));
        }

        void Add(params ReadOnlySpan<DateOnly?> changes)
        {
            foreach (var day in changes)
                if (day > from) days.Add(day.Value);
        }
    }

    /// <summary>Key of the row that the fact belongs to.</summary>
    public static BalanceKey KeyOf(FactState s, Grouping groups, ItemTree items) =>
        KeyOf(s.Unit, s.Donors, s.Recipient, s.Items, s.Stated, (s as CommitmentState)?.Due, groups, items);

    /// <summary>Key of the row that a fact with these attributes belongs to.</summary>
    public static BalanceKey KeyOf(string? unit, CodeSet donors, string recipient, CodeSet itemSet, FuzzyDate stated, FuzzyDate? due,
        Grouping groups, ItemTree items) => KeyOf(unit, donors, recipient, itemSet, groups, items) with
        {
            YearStated = groups.HasFlag(Grouping.YearStated) ? DateWindow.From(stated).Begin.Year : null,
            YearDue = groups.HasFlag(Grouping.YearDue) ? (due?.To ?? due?.From)?.Year : null,
        };

    /// <summary>Key of the row that a fact with these attributes belongs to, if rows are not grouped by years.</summary>
    public static BalanceKey KeyOf(string? unit, CodeSet donors, string recipient, CodeSet itemSet, Grouping groups, ItemTree items) => new(
        unit,
        groups.HasFlag(Grouping.Donor) ? donors : null,
        groups.HasFlag(Grouping.Recipient) ? recipient : null,
        groups.HasFlag(Grouping.Item) ? itemSet : null,
        groups.HasFlag(Grouping.Category) ? items.Trees(itemSet) : null,
        null, null);

    static BalanceRow Row(BalanceKey key, List<FactState> states, DateOnly asOf)
    {
        var (claims, seen) = (new List<Claim>(states.Count), new HashSet<long>(states.Count));
        foreach (var state in states)
            for (var i = 0; i < state.Claims.Count; i++)
                if (seen.Add(state.Claims[i].Id)) claims.Add(state.Claims[i]);
        var sums = Measures.Sum(states.Select(s => s.Measures));
        return new()
        {
            Key = key,
            Measures = sums.InOrder(),
            Sums = sums,
            Evidence = claims,
            // A claim whose stated date is not over counts with its first day. The day asked for would give another answer every day.
            LastStatedOn = claims.Count == 0 ? null : claims.Max(c => DateWindow.From(c.Stated) is var p && p.IsOver(asOf) ? p.End : p.Begin),
            Facts = states,
        };
    }
}
