namespace Facts.Api.Projections;

/// <summary>
/// The projection of some partitions: the rows computed from their claims, each with the days for which it holds. A passing day changes which row is read, but
/// rewrites no row.
/// </summary>
/// <param name="Partitions">Names of the partitions.</param>
/// <param name="From">First day that the rows cover, inclusive.</param>
/// <param name="Until">First day that the rows no longer cover; null for no end.</param>
/// <param name="IsDeferred">True where a later computation will cover all days.</param>
/// <param name="Crowd">The crowd of which it is the projection; null where it is none in memory.</param>
internal sealed record Projection(
    string[] Partitions, List<RequestRow> Requests, List<CommitmentRow> Commitments, List<DeliveryRow> Deliveries, List<LinkRow> Links, List<TotalRow> Totals,
    ProjectedCandidates Candidates, DateOnly From, DateOnly? Until, bool IsDeferred, Crowd? Crowd)
{
    /// <summary>Days that rows cover before the day of their computation. A clock that is set back or in another time zone then still finds them.</summary>
    const int DaysBefore = 2;

    /// <summary>Days that rows cover ahead where they do not cover all days. Later days are computed when they come near.</summary>
    const int DaysAhead = 7;

    /// <summary>
    /// Most fact states that are computed to cover all days, as a number and for each fact. A crowd of facts that change on many days exceeds it: its rows
    /// cover only the days around today, and other days are computed for each query.
    /// </summary>
    const int MaxStates = 5_000, MaxStatesOfFact = 20;

    /// <summary>Number of facts above which a projection of few days looks whether its facts are a crowd.</summary>
    const int MinFactsOfCrowd = 500;

    /// <summary>The first day that rows cover where they cover only the days around today.</summary>
    public static DateOnly FirstOfFewDays(DateOnly today) => today.AddDays(-DaysBefore);

    /// <summary>Computes the projection of partitions.</summary>
    /// <param name="partitions">Names of the partitions.</param>
    /// <param name="resolution">All facts of the partitions.</param>
    /// <param name="items">The item tree.</param>
    /// <param name="today">The day of the computation.</param>
    /// <param name="isForAllDays">True to cover all days, unless the facts are a crowd. False to cover the days around today only.</param>
    /// <param name="supplies">For requests that are resolved without the commitments and deliveries that supply them: these supplies. Else null.</param>
    /// <param name="crowd">The crowd in memory that has been resolved, whose projection covers few days; null without one.</param>
    public static Projection Compute(
        string[] partitions, Resolution resolution, ItemTree items, DateOnly today, bool isForAllDays, StoredSupplies? supplies = null, Crowd? crowd = null)
    {
        var first = isForAllDays ? DateOnly.MinValue : FirstOfFewDays(today);
        var slices = (isForAllDays ? resolution.Slices() : [resolution]).Select(slice => Slice.From(slice, first)).ToList();
        var coverage = Coverage.Of(slices, today, isForAllDays, supplies);
        // A crowd is not left to a later computation, which would find out only that it is one.
        if (coverage.IsDeferred && supplies is null && resolution.Facts.Skip(MinFactsOfCrowd).Any()
            && (crowd?.HasTooManyDays == true || IsCrowd([.. resolution.Slices().Select(slice => Slice.From(slice, DateOnly.MinValue))])))
        {
            coverage = coverage with { IsDeferred = false };
            // It stays one: claims are added much more often than they are withdrawn. If it no longer is one, its days are only computed later.
            if (crowd is not null) crowd.HasTooManyDays = true;
        }
        var (requests, commitments, deliveries, links, totals) =
            (new Runs<RequestRow, long>(r => r.Id), new Runs<CommitmentRow, long>(c => c.Id), new Runs<DeliveryRow, long>(d => d.Id),
                new Runs<LinkRow, (long, long)>(l => (l.CommitmentId, l.DeliveryId)),
                new Runs<TotalRow, (string, string, string, string, string?)>(
                    t => (t.Partition, string.Join('+', t.Donors), t.Recipient, string.Join(';', t.Items), t.Unit)));
        var spanning = TotalRows.Spanning(resolution.Candidates);
        foreach (var slice in slices)
        {
            foreach (var day in slice.Days(coverage))
            {
                var options = new EvaluationOptions(day);
                var states = crowd?.States(options) ?? Balance.States(slice.Resolution, options);
                var rows = FactRows.From(states, crowd?.Rows);
                // The first rows hold from the beginning of time, so that they need not be rewritten when a day passes.
                var since = day == coverage.From ? DateOnly.MinValue : day;
                requests.Add(since, rows.Requests);
                commitments.Add(since, rows.Commitments);
                deliveries.Add(since, rows.Deliveries);
                links.Add(since, rows.Links);
                totals.Add(since, TotalRows.Build(states, items, spanning));
            }
            requests.End(coverage.Until);
            commitments.End(coverage.Until);
            deliveries.End(coverage.Until);
            links.End(coverage.Until);
            totals.End(coverage.Until);
        }

        var (requestRows, totalRows) = (requests.Dated(), totals.Dated());
        if (supplies is not null) UnmetNeeds.Fill(requestRows, totalRows, supplies, items, coverage.From);
        return new(
            partitions, requestRows, commitments.Dated(), deliveries.Dated(), links.Dated(), totalRows,
            new(resolution.Candidates, spanning), coverage.From, coverage.Until, coverage.IsDeferred, crowd);
    }

    // True if the rows of all days would be too many.
    static bool IsCrowd(IReadOnlyList<Slice> slices) =>
        slices.Sum(s => (long)s.Facts * s.Changes.Count) > MaxStates + MaxStatesOfFact * slices.Sum(s => (long)s.Facts);

    /// <summary>Facts that are computed on the same days, and the days after the first on which they may change, ascending.</summary>
    sealed record Slice(Resolution Resolution, IReadOnlyList<DateOnly> Changes)
    {
        public static Slice From(Resolution resolution, DateOnly first) => new(resolution, Balance.Breakpoints(resolution, first));

        public int Facts => Resolution.Facts.Count();

        public IEnumerable<DateOnly> Days(Coverage coverage) =>
            Changes.Where(d => d > coverage.From && !(d >= coverage.Until)).Prepend(coverage.From);
    }

    /// <summary>The days that rows cover: the first inclusive, the last exclusive, null for no end.</summary>
    sealed record Coverage(DateOnly From, DateOnly? Until, bool IsDeferred)
    {
        public static Coverage Of(IReadOnlyList<Slice> slices, DateOnly today, bool isForAllDays, StoredSupplies? supplies)
        {
            var isDeferred = !isForAllDays || supplies is { IsDeferred: true };
            if (isForAllDays && !IsCrowd(slices) && supplies is null or { From: null, Until: null })
                return new(DateOnly.MinValue, null, isDeferred);
            var from = FirstOfFewDays(today);
            if (supplies?.From > from) from = supplies.From.Value;
            var changes = slices.SelectMany(s => s.Changes).Where(d => d > from).Distinct().Order().ToList();
            var changesAhead = changes.Count(d => d <= today.AddDays(DaysAhead));
            DateOnly? until = changes.Count > changesAhead ? changes[changesAhead] : null;
            return new(from, supplies?.Until is { } end && !(until < end) ? end : until, isDeferred);
        }
    }

    /// <summary>Joins the equal rows of consecutive days into one row with a first and a last day.</summary>
    sealed class Runs<TRow, TKey>(Func<TRow, TKey> keyOf) where TRow : DatedRow where TKey : notnull
    {
        readonly List<(TRow Row, DateOnly From, DateOnly? To)> _ended = [];

        // The rows of the last day added, each with the first day on which it holds. Most partitions have one day only, so rows are looked up by key
        // only when another day comes.
        List<(TRow Row, DateOnly From)> _current = [];

        /// <summary>Adds the rows of a day. To be called in the order of days.</summary>
        public void Add(DateOnly day, IReadOnlyCollection<TRow> rows)
        {
            var next = new List<(TRow, DateOnly)>(rows.Count);
            var before = _current.ToDictionary(c => keyOf(c.Row));
            foreach (var row in rows)
                if (before.Count == 0 || !before.Remove(keyOf(row), out var known)) next.Add((row, day));
                else if (RowComparer<TRow>.WithoutDays.Equals(known.Row, row)) next.Add(known);
                else
                {
                    _ended.Add((known.Row, known.From, day));
                    next.Add((row, day));
                }
            foreach (var (row, from) in before.Values) _ended.Add((row, from, day));
            _current = next;
        }

        /// <summary>Ends the rows that hold on the last day added.</summary>
        public void End(DateOnly? until)
        {
            foreach (var (row, from) in _current) _ended.Add((row, from, until));
            _current = [];
        }

        /// <summary>All rows with the days for which they hold.</summary>
        public List<TRow> Dated()
        {
            var dated = new List<TRow>(_ended.Count);
            foreach (var (row, from, to) in _ended) dated.Add((TRow)row.Holding(from, to));
            return dated;
        }
    }
}
