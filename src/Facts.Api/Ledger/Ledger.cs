using System.Text.Json;
using System.Text.Json.Nodes;
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

    /// <summary>Ties neighbourhoods by a key, so that each is computed again with the other.</summary>
    public Task TieAsync(IEnumerable<string> scopes, string key, CancellationToken cancel) => TieAsync(scopes.Select(s => (s, key)), cancel);

    public async Task TieAsync(IEnumerable<(string Scope, string Key)> ties, CancellationToken cancel)
    {
        var distinct = ties.Distinct().ToList();
        await database.Database.ExecuteSqlAsync(
            $"""
            insert into ties (scope, key)
            select * from unnest({distinct.Select(t => t.Scope).ToArray()}, {distinct.Select(t => t.Key).ToArray()})
            on conflict do nothing
            """, cancel);
    }

    /// <summary>Computes again what an article's claims are part of.</summary>
    public async Task RefreshArticleAsync(long article, CancellationToken cancel)
    {
        var scopes = await database.Database.SqlQuery<string>($"select distinct scope as \"Value\" from claims where article_id = {article}").ToListAsync(cancel);
        await RefreshAsync(scopes, (await CatalogueStore.ReadAsync(database, cancel)).Tree, cancel);
    }

    /// <summary>Computes again what the claims of these neighbourhoods, and of all tied to them, amount to.</summary>
    public async Task RefreshAsync(IEnumerable<string> scopes, ItemTree items, CancellationToken cancel)
    {
        var reached = await ClaimStore.ReachAsync(database, scopes, cancel);
        if (reached.Length == 0) return;
        var claims = await ClaimStore.ReadAsync(database, reached, new Evidence(Evidence.Everything), VaguePolicy.Acled, cancel);
        var decisions = await Decisions.AtAsync(database, Evidence.Everything, cancel);
        var kept = Keep(Resolution.Of(claims, items, decisions), items, Today.AddDays(-DaysBefore));
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

    /// <summary>
    /// Computes everything from the claims and compares it with what is kept for today, in one snapshot.
    /// </summary>
    /// <returns>The differences, none where all is well.</returns>
    public async Task<IReadOnlyList<string>> VerifyAsync(CancellationToken cancel)
    {
        await using var snapshot = await Snapshot.BeginAsync(database, cancel);
        var items = (await CatalogueStore.ReadAsync(database, cancel)).Tree;
        var day = Today;
        var standings = await StandingsReader.AtAsync(database, new View(day), new Evidence(Evidence.Everything), VaguePolicy.Acled, items, null, null, cancel);
        var made = FactRows.Of(standings);
        return
        [
            .. Differences("request", made.Requests, await KeptAsync<RequestRow>(r => r.ValidFrom <= day && (r.ValidTo == null || r.ValidTo > day))),
            .. Differences("commitment", made.Commitments, await KeptAsync<CommitmentRow>(c => c.ValidFrom <= day && (c.ValidTo == null || c.ValidTo > day))),
            .. Differences("delivery", made.Deliveries, await KeptAsync<DeliveryRow>(d => d.ValidFrom <= day && (d.ValidTo == null || d.ValidTo > day))),
            .. Differences("link", made.Links, await KeptAsync<LinkRow>(l => l.ValidFrom <= day && (l.ValidTo == null || l.ValidTo > day))),
            .. Differences("total", [.. Totals.Of(standings, items)], await KeptAsync<TotalRow>(t => t.ValidFrom <= day && (t.ValidTo == null || t.ValidTo > day))),
        ];

        Task<List<TRow>> KeptAsync<TRow>(System.Linq.Expressions.Expression<Func<TRow, bool>> holds) where TRow : class =>
            database.Set<TRow>().AsNoTracking().Where(holds).ToListAsync(cancel);
    }

    static IEnumerable<string> Differences<TRow>(string noun, List<TRow> made, List<TRow> kept)
    {
        // A neighbourhood not kept as far as today is computed when it is asked for: it cannot differ.
        var (ours, theirs) = (made.Select(Text).ToHashSet(), kept.Select(Text).ToHashSet());
        return [.. theirs.Except(ours).Select(t => $"{noun} kept, but not so by the claims: {t}"), .. ours.Except(theirs).Select(o => $"{noun} by the claims, but not kept: {o}")];
    }

    /// <summary>What a row says, without the days it holds for and its number in the store.</summary>
    static string Text<TRow>(TRow row)
    {
        var members = JsonSerializer.SerializeToNode(row)!.AsObject();
        foreach (var own in new[] { nameof(FactRow.ValidFrom), nameof(FactRow.ValidTo) }) members.Remove(own);
        if (row is TotalRow) members.Remove(nameof(TotalRow.Id));
        foreach (var (name, value) in members.ToList())
            if (value is JsonValue number && number.TryGetValue<decimal>(out var plain)) members[name] = plain / 1.0000000000000000000000000000m;
        return members.ToJsonString();
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
