using System.Text.Json;

namespace Facts.Api.Projections;

/// <summary>
/// The rows that are kept of some partitions: how everything in them stands, by the days for which it holds. A day that passes changes which row is
/// read, never a row.
/// </summary>
/// <param name="Partitions">The partitions.</param>
/// <param name="From">First day for which they hold.</param>
/// <param name="Until">Until before which day they hold; null: for ever.</param>
internal sealed record Projection(
    string[] Partitions, List<RequestRow> Requests, List<CommitmentRow> Commitments, List<DeliveryRow> Deliveries, List<LinkRow> Links, List<TotalRow> Totals,
    List<CandidateRow> Candidates, DateOnly From, DateOnly? Until)
{
    /// <summary>
    /// Rows hold from so many days before they were computed, so that a clock that is set back, or one in another time zone, still finds them.
    /// </summary>
    const int DaysBefore = 2;

    /// <summary>
    /// Rows are kept for so many days ahead. Each on which something changes by itself costs as much again, so later ones are computed when they come near.
    /// </summary>
    const int DaysAhead = 7;

    /// <param name="partitions">The partitions.</param>
    /// <param name="resolution">All facts of the partitions, but where they are met from elsewhere.</param>
    /// <param name="items">The tree of items.</param>
    /// <param name="today">The day it is.</param>
    /// <param name="elsewhere">What is given on a day by commitments and deliveries that are not among the facts, and the days on which that changes.</param>
    public static Projection Compute(string[] partitions, Resolution resolution, ItemTree items, DateOnly today, OtherSupplies? elsewhere = null)
    {
        var from = today.AddDays(-DaysBefore);
        var changes = Balance.Breakpoints(resolution, from).Concat(elsewhere?.Changes.Where(d => d > from) ?? []).Distinct().Order().ToList();
        var ahead = changes.Count(d => d <= today.AddDays(DaysAhead));
        DateOnly? until = changes.Count > ahead ? changes[ahead] : null;
        if (elsewhere?.Until is { } end && !(until < end)) until = end;
        var days = changes.Take(ahead).Where(d => until is null || d < until).Prepend(from).ToList();
        var isOne = days.Count == 1;
        var (requests, commitments, deliveries, links, totals) =
            (new Runs<RequestRow>(isOne), new Runs<CommitmentRow>(isOne), new Runs<DeliveryRow>(isOne), new Runs<LinkRow>(isOne), new Runs<TotalRow>(isOne));
        foreach (var day in days)
        {
            var standings = Balance.States(resolution, new EvaluationOptions(day), elsewhere?.On(day));
            var rows = FactRows.From(standings);
            // The first hold from ever on, so that they need not be written again only because a day has passed.
            var since = day == from ? DateOnly.MinValue : day;
            requests.Add(since, rows.Requests, r => r.Id);
            commitments.Add(since, rows.Commitments, c => c.Id);
            deliveries.Add(since, rows.Deliveries, d => d.Id);
            links.Add(since, rows.Links, l => (l.CommitmentId, l.DeliveryId));
            totals.Add(since, TotalRows.Build(standings, items), t => (t.Partition, string.Join('+', t.Donors), t.Recipient, string.Join(';', t.Items), t.Unit));
        }

        return new(
            partitions,
            requests.Ended(until, (r, a, b) => (r.ValidFrom, r.ValidTo) = (a, b)),
            commitments.Ended(until, (c, a, b) => (c.ValidFrom, c.ValidTo) = (a, b)),
            deliveries.Ended(until, (d, a, b) => (d.ValidFrom, d.ValidTo) = (a, b)),
            links.Ended(until, (l, a, b) => (l.ValidFrom, l.ValidTo) = (a, b)),
            totals.Ended(until, (t, a, b) => (t.ValidFrom, t.ValidTo) = (a, b)),
            CandidateRow.From(resolution.Candidates), from, until);
    }

    /// <summary>Rows day by day, each kept once for as long as it stays the same.</summary>
    sealed class Runs<TRow>(bool isOne) where TRow : class
    {
        readonly List<(TRow Row, DateOnly From, DateOnly? To)> _ended = [];
        Dictionary<object, (TRow Row, string Text, DateOnly From)> _open = [];

        public void Add(DateOnly day, IEnumerable<TRow> rows, Func<TRow, object> key)
        {
            var now = new Dictionary<object, (TRow, string, DateOnly)>();
            foreach (var row in rows)
            {
                var text = isOne ? "" : JsonSerializer.Serialize(row);
                now[key(row)] = _open.Remove(key(row), out var before) && before.Text == text
                    ? before
                    : Changed(before, row, text, day);
            }

            foreach (var (row, _, from) in _open.Values) _ended.Add((row, from, day));
            _open = now;
        }

        (TRow, string, DateOnly) Changed((TRow Row, string Text, DateOnly From) before, TRow row, string text, DateOnly day)
        {
            if (before.Row is not null) _ended.Add((before.Row, before.From, day));
            return (row, text, day);
        }

        public List<TRow> Ended(DateOnly? until, Action<TRow, DateOnly, DateOnly?> set)
        {
            foreach (var (row, _, from) in _open.Values) _ended.Add((row, from, until));
            foreach (var (row, from, to) in _ended) set(row, from, to);
            return [.. _ended.Select(e => e.Row)];
        }
    }
}
