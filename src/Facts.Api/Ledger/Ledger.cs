using System.Text.Json;
using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Facts.Api.Ledger;

/// <summary>
/// Keeps facts, links and running totals equal to the core's functions of the claims, in the transaction that changes a claim.
/// Only the neighbourhoods a change touches are computed again.
/// </summary>
internal sealed class Ledger(FactsContext database, TimeProvider clock)
{
    /// <summary>
    /// Rows hold from so many days before they were computed, so that a clock that is set back, or one in another time zone, still finds them.
    /// </summary>
    const int DaysBefore = 2;

    /// <summary>Most days on which something changes by itself that are kept ahead; a later day is computed when it is asked for.</summary>
    const int DaysAhead = 40;

    /// <summary>
    /// Begins a change: takes its turn among writers and gives the record time, later than any before it even where the clock was set back.
    /// Call within a transaction; the turn ends with it.
    /// </summary>
    public async Task<DateTimeOffset> BeginAsync(CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(
            """
            update dataset
            set version = version + 1, recorded_at = greatest(@now, recorded_at + interval '1 microsecond')
            returning recorded_at
            """, cancel, new NpgsqlParameter("now", NpgsqlDbType.TimestampTz) { Value = clock.GetUtcNow() });
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancel))!, TimeSpan.Zero);
    }

    /// <summary>Computes again what the claims of these neighbourhoods, and of all tied to them, amount to.</summary>
    public async Task RefreshAsync(IEnumerable<string> scopes, ItemTree items, CancellationToken cancel)
    {
        var reached = await ClaimStore.ReachAsync(database, scopes, cancel);
        if (reached.Length == 0) return;
        var claims = await ClaimStore.ReadAsync(database, reached, new Evidence(Evidence.Everything), VaguePolicy.Acled, cancel);
        var kept = Keep(Resolution.Of(claims, items, []), items, Today.AddDays(-DaysBefore));
        await database.Database.ExecuteSqlAsync(
            $"""
            delete from requests where scope = any ({reached});
            delete from commitments where scope = any ({reached});
            delete from deliveries where scope = any ({reached});
            delete from links where scope = any ({reached});
            delete from totals where scope = any ({reached});
            delete from neighbourhoods where scope = any ({reached});
            """, cancel);
        await database.CopyInAsync(kept.Requests, cancel);
        await database.CopyInAsync(kept.Commitments, cancel);
        await database.CopyInAsync(kept.Deliveries, cancel);
        await database.CopyInAsync(kept.Links, cancel);
        await database.CopyInAsync(kept.Totals, cancel);
        await database.CopyInAsync([.. reached.Select(scope => new NeighbourhoodRow { Scope = scope, KeptUntil = kept.Until })], cancel);
    }

    DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    sealed record Kept(
        List<RequestRow> Requests, List<CommitmentRow> Commitments, List<DeliveryRow> Deliveries, List<LinkRow> Links, List<TotalRow> Totals, DateOnly? Until);

    static Kept Keep(Resolution resolution, ItemTree items, DateOnly from)
    {
        var changes = Balance.Breakpoints(resolution, from);
        DateOnly? until = changes.Count > DaysAhead ? changes[DaysAhead] : null;
        var days = changes.Take(DaysAhead).Prepend(from).ToList();
        var (requests, commitments, deliveries, links, totals) =
            (new Runs<RequestRow>(), new Runs<CommitmentRow>(), new Runs<DeliveryRow>(), new Runs<LinkRow>(), new Runs<TotalRow>());
        foreach (var day in days)
        {
            var standings = Balance.Standings(resolution, new View(day));
            var rows = FactRows.Of(standings);
            requests.Add(day, rows.Requests, r => r.Id);
            commitments.Add(day, rows.Commitments, c => c.Id);
            deliveries.Add(day, rows.Deliveries, d => d.Id);
            links.Add(day, rows.Links, l => (l.CommitmentId, l.DeliveryId));
            totals.Add(day, Totals.Of(standings, items), t => string.Join('|', [string.Join('+', t.Donors), t.Recipient, string.Join(';', t.Items), t.Unit]));
        }

        return new(
            requests.Ended(until, (r, a, b) => (r.ValidFrom, r.ValidTo) = (a, b)),
            commitments.Ended(until, (c, a, b) => (c.ValidFrom, c.ValidTo) = (a, b)),
            deliveries.Ended(until, (d, a, b) => (d.ValidFrom, d.ValidTo) = (a, b)),
            links.Ended(until, (l, a, b) => (l.ValidFrom, l.ValidTo) = (a, b)),
            totals.Ended(until, (t, a, b) => (t.ValidFrom, t.ValidTo) = (a, b)),
            until);
    }

    /// <summary>Rows day by day, each kept once for as long as it stays the same.</summary>
    sealed class Runs<TRow> where TRow : class
    {
        readonly List<(TRow Row, DateOnly From, DateOnly? To)> _ended = [];
        Dictionary<object, (TRow Row, string Text, DateOnly From)> _open = [];

        public void Add(DateOnly day, IEnumerable<TRow> rows, Func<TRow, object> key)
        {
            var now = new Dictionary<object, (TRow, string, DateOnly)>();
            foreach (var row in rows)
            {
                var text = JsonSerializer.Serialize(row);
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
