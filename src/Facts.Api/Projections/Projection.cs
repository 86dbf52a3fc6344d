using System.Text.Json;

namespace Facts.Api.Projections;

/// <summary>
/// The projection of some partitions: the rows computed from their claims, each with the days for which it holds. A passing day changes which row is read, but
/// rewrites no row.
/// </summary>
/// <param name="Partitions">Names of the partitions.</param>
/// <param name="From">First day that the rows cover, inclusive.</param>
/// <param name="Until">First day that the rows no longer cover; null for no end.</param>
internal sealed record Projection(
    string[] Partitions, List<RequestRow> Requests, List<CommitmentRow> Commitments, List<DeliveryRow> Deliveries, List<LinkRow> Links, List<TotalRow> Totals,
    List<CandidateRow> Candidates, DateOnly From, DateOnly? Until)
{
    /// <summary>Days that rows cover before the day of their computation. A clock that is set back or in another time zone then still finds them.</summary>
    const int DaysBefore = 2;

    /// <summary>
    /// Days that rows cover ahead. Each day on which a fact changes without a new claim, such as the day after a deadline, costs one more computation. So later
    /// days are computed when they come near.
    /// </summary>
    const int DaysAhead = 7;

    /// <summary>Computes the projection of partitions.</summary>
    /// <param name="partitions">Names of the partitions.</param>
    /// <param name="resolution">All facts of the partitions.</param>
    /// <param name="items">The item tree.</param>
    /// <param name="today">The day of the computation.</param>
    /// <param name="supplies">For requests that are resolved without the commitments and deliveries that supply them: these supplies. Else null.</param>
    public static Projection Compute(string[] partitions, Resolution resolution, ItemTree items, DateOnly today, StoredSupplies? supplies = null)
    {
        var from = today.AddDays(-DaysBefore);
        var changes = Balance.Breakpoints(resolution, from).Concat(supplies?.Changes.Where(d => d > from) ?? []).Distinct().Order().ToList();
        var changesAhead = changes.Count(d => d <= today.AddDays(DaysAhead));
        DateOnly? until = changes.Count > changesAhead ? changes[changesAhead] : null;
        if (supplies?.Until is { } end && !(until < end)) until = end;
        var days = changes.Take(changesAhead).Where(d => until is null || d < until).Prepend(from).ToList();
        var isOneDay = days.Count == 1;
        var (requests, commitments, deliveries, links, totals) =
            (new Runs<RequestRow>(isOneDay), new Runs<CommitmentRow>(isOneDay), new Runs<DeliveryRow>(isOneDay), new Runs<LinkRow>(isOneDay),
                new Runs<TotalRow>(isOneDay));
        var spanning = TotalRows.Spanning(resolution.Candidates);
        foreach (var day in days)
        {
            var states = Balance.States(resolution, new EvaluationOptions(day), supplies?.On(day));
            var rows = FactRows.From(states);
            // The first rows hold from the beginning of time, so that they need not be rewritten when a day passes.
            var since = day == from ? DateOnly.MinValue : day;
            requests.Add(since, rows.Requests, r => r.Id);
            commitments.Add(since, rows.Commitments, c => c.Id);
            deliveries.Add(since, rows.Deliveries, d => d.Id);
            links.Add(since, rows.Links, l => (l.CommitmentId, l.DeliveryId));
            totals.Add(since, TotalRows.Build(states, items, spanning),
                t => (t.Partition, string.Join('+', t.Donors), t.Recipient, string.Join(';', t.Items), t.Unit));
        }

        return new(
            partitions,
            requests.End(until, (r, first, end) => (r.ValidFrom, r.ValidTo) = (first, end)),
            commitments.End(until, (c, first, end) => (c.ValidFrom, c.ValidTo) = (first, end)),
            deliveries.End(until, (d, first, end) => (d.ValidFrom, d.ValidTo) = (first, end)),
            links.End(until, (l, first, end) => (l.ValidFrom, l.ValidTo) = (first, end)),
            totals.End(until, (t, first, end) => (t.ValidFrom, t.ValidTo) = (first, end)),
            CandidateRow.From(resolution.Candidates, spanning), from, until);
    }

    /// <summary>Joins the equal rows of consecutive days into one row with a first and a last day.</summary>
    /// <param name="isOneDay">True where only one day is added, so that rows need not be compared.</param>
    sealed class Runs<TRow>(bool isOneDay) where TRow : class
    {
        readonly List<(TRow Row, DateOnly From, DateOnly? To)> _ended = [];
        Dictionary<object, (TRow Row, string Text, DateOnly From)> _current = [];

        public void Add(DateOnly day, IEnumerable<TRow> rows, Func<TRow, object> key)
        {
            var next = new Dictionary<object, (TRow, string, DateOnly)>();
            foreach (var row in rows)
            {
                var text = isOneDay ? "" : JsonSerializer.Serialize(row);
                next[key(row)] = _current.Remove(key(row), out var before) && before.Text == text
                    ? before
                    : Replace(before, row, text, day);
            }

            foreach (var (row, _, from) in _current.Values) _ended.Add((row, from, day));
            _current = next;
        }

        (TRow, string, DateOnly) Replace((TRow Row, string Text, DateOnly From) before, TRow row, string text, DateOnly day)
        {
            if (before.Row is not null) _ended.Add((before.Row, before.From, day));
            return (row, text, day);
        }

        public List<TRow> End(DateOnly? until, Action<TRow, DateOnly, DateOnly?> setDays)
        {
            foreach (var (row, _, from) in _current.Values) _ended.Add((row, from, until));
            foreach (var (row, from, to) in _ended) setDays(row, from, to);
            return [.. _ended.Select(e => e.Row)];
        }
    }
}
