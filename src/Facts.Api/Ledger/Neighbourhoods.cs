using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Ledger;

/// <summary>What a write touches: neighbourhoods, and the keys by which it may tie them to others.</summary>
internal sealed record Touched(IReadOnlyCollection<Scope> Scopes, KeySet Keys);

/// <summary>Keys of facts, one name space each.</summary>
internal sealed record KeySet(HashSet<string> Commitments, HashSet<string> Deliveries, HashSet<string> Requests)
{
    public static KeySet Empty => new([], [], []);

    public bool IsEmpty => Commitments.Count + Deliveries.Count + Requests.Count == 0;

    public IEnumerable<string> Names => Commitments.Select(Scope.CommitmentKey).Concat(Deliveries.Select(Scope.DeliveryKey)).Concat(Requests.Select(Scope.RequestKey));

    public NpgsqlParameter[] Parameters() =>
        [new("commitments", Commitments.ToArray()), new("deliveries", Deliveries.ToArray()), new("requests", Requests.ToArray())];
}

/// <summary>
/// Which neighbourhoods belong together, and turns among their writers. Everyone takes turns in one order (keys, then neighbourhoods by name), so
/// that nobody ever waits in a circle.
/// </summary>
internal static class Neighbourhoods
{
    /// <summary>Keys share this many locks: enough that strangers seldom meet, few enough for a load that names a million.</summary>
    const int KeyLocks = 512;

    /// <summary>Names the space of the key locks among advisory locks.</summary>
    const int KeySpace = 0x6B657973;

    /// <summary>The neighbourhoods that share a key, at one remove or several, with those given.</summary>
    public static async Task<string[]> ReachAsync(FactsContext database, IEnumerable<string> scopes, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(Sql.Text("Ledger", "reach"), cancel, new NpgsqlParameter("scopes", scopes.Distinct().ToArray()));
        return [.. await ReadAsync(command, r => r.GetString(0), cancel)];
    }

    /// <summary>The neighbourhoods that have a say in the fact that a claim is about; none where there is no such claim.</summary>
    public static async Task<string[]> AboutAsync(FactsContext database, long claim, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(Sql.Text("Ledger", "about"), cancel, new NpgsqlParameter("claim", claim));
        return [.. await ReadAsync(command, r => r.GetString(0), cancel)];
    }

    /// <summary>The neighbourhoods that have a say in facts of those named.</summary>
    public static async Task<string[]> AskedAsync(FactsContext database, NameFilter names, CancellationToken cancel)
    {
        await using var command = names == NameFilter.All
            ? await database.CommandAsync("select scope from neighbourhoods", cancel)
            : await database.CommandAsync(Sql.Text("Ledger", "asked"), cancel,
                Sql.Of("donors", names.Donors), Sql.Of("recipients", names.Recipients), Sql.Of("items", names.Items), Sql.Of("units", names.Units));
        return [.. await ReadAsync(command, r => r.GetString(0), cancel)];
    }

    /// <summary>
    /// Waits for the turn in all neighbourhoods that the write touches and in all tied to them, and holds it until the transaction ends. What is read
    /// afterwards is what the writers before have left.
    /// </summary>
    /// <returns>All of them.</returns>
    public static async Task<HashSet<string>> LockAsync(FactsContext database, Touched touched, CancellationToken cancel)
    {
        await LockKeysAsync(database, touched.Keys, cancel);
        List<Scope> known = [.. touched.Scopes];
        var wanted = touched.Scopes.Select(s => s.Name).Concat((await NamingAsync(database, touched.Keys, cancel)).Select(n => n.Scope)).ToHashSet(StringComparer.Ordinal);
        for (; ; )
        {
            wanted.UnionWith(await ReachAsync(database, wanted, cancel));
            if (wanted.Any(Scope.IsOfRequests))
            {
                var beside = await RequestsBesideAsync(database, wanted, touched.Scopes, cancel);
                known.AddRange(beside);
                wanted.UnionWith(beside.Select(s => s.Name));
            }
            var turn = await WriteTransaction.BeginAsync(database, cancel);
            await LockScopesAsync(database, wanted, known, cancel);
            // A writer before may have tied more to them. The turn is given back, since one is only ever taken in order.
            var now = await ReachAsync(database, wanted, cancel);
            if (wanted.IsSupersetOf(now))
            {
                await turn.CommitAsync(cancel);
                return wanted;
            }
            await turn.DisposeAsync();
            wanted.UnionWith(now);
        }
    }

    /// <summary>
    /// Ties neighbourhoods to what they concern, and takes the turns there. That is known only when the facts are computed, so it comes out of the order of
    /// turns: where another has one of them, the write begins again.
    /// </summary>
    /// <returns>The neighbourhoods that are held besides.</returns>
    public static async Task<HashSet<string>> WidenAsync(FactsContext database, IReadOnlyCollection<Abroad> abroad, CancellationToken cancel)
    {
        HashSet<string> held = [];
        if (!await WriteTransaction.OutOfOrderAsync(database, async () => held = await LockAsync(database, new Touched([.. abroad.Select(a => a.Concern)], KeySet.Empty), cancel), cancel))
            throw new TurnLostException();
        await TieAsync(database, abroad, cancel);
        return held;
    }

    /// <summary>Ties neighbourhoods to what is theirs and concerns another.</summary>
    public static Task TieAsync(FactsContext database, IReadOnlyCollection<Abroad> abroad, CancellationToken cancel) =>
        TieAsync(database, [.. abroad.SelectMany(a => new[] { a.Home, a.Concern.Name }, (a, scope) => (scope, Scope.ConcernKey(a.Concern.Name)))], cancel);

    /// <summary>
    /// The requests to whom the neighbourhoods give. Who writes requests takes all their turns at once; who writes none takes them at the end, when they
    /// sort after all that is held.
    /// </summary>
    static async Task<List<Scope>> RequestsBesideAsync(FactsContext database, IEnumerable<string> scopes, IEnumerable<Scope> known, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(
            "select distinct recipient, unit from neighbourhoods where scope = any (@scopes) and recipient is not null", cancel, new NpgsqlParameter("scopes", scopes.ToArray()));
        var stored = await ReadAsync(command, r => Scope.Requests(r.GetString(0), r.IsDBNull(1) ? null : r.GetString(1)), cancel);
        return [.. stored, .. known.Where(s => s.Recipient is not null).Select(s => Scope.Requests(s.Recipient!, s.Unit))];
    }

    /// <summary>The turns of further neighbourhoods, which sort after all that are held.</summary>
    public static Task LockRequestsAsync(FactsContext database, IReadOnlyCollection<Scope> requests, CancellationToken cancel) =>
        LockScopesAsync(database, [.. requests.Select(r => r.Name)], requests, cancel);

    static async Task LockKeysAsync(FactsContext database, KeySet keys, CancellationToken cancel)
    {
        if (keys.IsEmpty) return;
        var locks = keys.Names.Select(LockOf).Distinct().Order().ToArray();
        await using var command = await database.CommandAsync(
            $"select pg_advisory_xact_lock({KeySpace}, lock) from unnest(@locks) as lock", cancel, new NpgsqlParameter("locks", locks));
        await command.ExecuteNonQueryAsync(cancel);
    }

    // The same for every process, and for a million keys computed here rather than sent.
    static int LockOf(string key) => BinaryPrimitives.ReadUInt16LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key))) % KeyLocks;

    static async Task LockScopesAsync(FactsContext database, IReadOnlyCollection<string> names, IEnumerable<Scope> known, CancellationToken cancel)
    {
        var described = known.Where(s => s.Recipient is not null).DistinctBy(s => s.Name).ToDictionary(s => s.Name, StringComparer.Ordinal);
        var all = names.ToArray();
        await using var command = await database.CommandAsync(
            """
            insert into neighbourhoods (scope, recipient, unit, kept_from)
            select scope, recipient, unit, '-infinity'
            from unnest(@scopes, @recipients, @units) as wanted (scope, recipient, unit)
            order by scope
            on conflict (scope) do update
            set turns = neighbourhoods.turns + 1
            """, cancel,
            new NpgsqlParameter("scopes", all),
            new NpgsqlParameter("recipients", all.Select(n => described.GetValueOrDefault(n)?.Recipient).ToArray()),
            new NpgsqlParameter("units", all.Select(n => described.GetValueOrDefault(n)?.Unit).ToArray()));
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Ties the neighbourhoods that share a key now: call once the claims that name it are stored.</summary>
    public static async Task TieAsync(FactsContext database, KeySet keys, CancellationToken cancel)
    {
        if (keys.IsEmpty) return;
        await using var command = await database.CommandAsync(
            $"""
            with naming (key, scope) as ({Sql.Text("Ledger", "naming")})
            insert into ties (scope, key)
            select scope, key
            from naming
            where key in (select key from naming group by key having count(*) > 1)
            on conflict do nothing
            """, cancel, keys.Parameters());
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Ties neighbourhoods by other keys than those that claims name: those of the same key are tied.</summary>
    public static async Task TieAsync(FactsContext database, IReadOnlyCollection<(string Scope, string Key)> ties, CancellationToken cancel)
    {
        if (ties.Count == 0) return;
        await database.Database.ExecuteSqlAsync(
            $"""
            insert into ties (scope, key)
            select distinct scope, key
            from unnest({ties.Select(t => t.Scope).ToArray()}, {ties.Select(t => t.Key).ToArray()}) as tie (scope, key)
            on conflict do nothing
            """, cancel);
    }

    static async Task<List<(string Key, string Scope)>> NamingAsync(FactsContext database, KeySet keys, CancellationToken cancel)
    {
        if (keys.IsEmpty) return [];
        await using var command = await database.CommandAsync(Sql.Text("Ledger", "naming"), cancel, keys.Parameters());
        return await ReadAsync(command, r => (r.GetString(0), r.GetString(1)), cancel);
    }

    /// <summary>
    /// Groups of neighbourhoods that are tied together, which can be looked at one by one, in parcels of bounded size: none holds many more claims than asked
    /// for unless one group does.
    /// </summary>
    /// <param name="database">Where they are.</param>
    /// <param name="scopes">Closed under ties.</param>
    /// <param name="claims">How many claims a parcel may hold.</param>
    /// <param name="further">What else ties them, besides the keys that claims name.</param>
    /// <param name="cancel">Ends the query in the database too.</param>
    public static async Task<List<List<string[]>>> ParcelsAsync(
        FactsContext database, IReadOnlyCollection<string> scopes, int claims, IEnumerable<(string Key, string Scope)> further, CancellationToken cancel)
    {
        if (scopes.Count == 0) return [];
        if (scopes.Count == 1) return [[[.. scopes]]];
        var all = scopes.ToArray();
        await using var counting = await database.CommandAsync("select scope, count(*) from claims where scope = any (@scopes) group by scope", cancel, new NpgsqlParameter("scopes", all));
        var sizes = (await ReadAsync(counting, r => (Scope: r.GetString(0), Count: r.GetInt64(1)), cancel)).ToDictionary(x => x.Scope, x => x.Count, StringComparer.Ordinal);
        await using var tied = await database.CommandAsync("select key, scope from ties where scope = any (@scopes)", cancel, new NpgsqlParameter("scopes", all));
        var keys = await ReadAsync(tied, r => (Key: r.GetString(0), Scope: r.GetString(1)), cancel);
        var parcels = new List<List<string[]>>();
        var open = new List<string[]>();
        long held = 0;
        foreach (var together in Together(all, [.. keys, .. further]))
        {
            var size = together.Sum(s => sizes.GetValueOrDefault(s));
            if (open.Count > 0 && held + size > claims)
            {
                parcels.Add(open);
                (held, open) = (0, []);
            }
            open.Add([.. together]);
            held += size;
        }
        parcels.Add(open);
        return parcels;
    }

    static IEnumerable<List<string>> Together(string[] scopes, List<(string Key, string Scope)> ties)
    {
        var ofKey = ties.ToLookup(t => t.Key, t => t.Scope, StringComparer.Ordinal);
        var ofScope = ties.ToLookup(t => t.Scope, t => t.Key, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var first in scopes)
        {
            if (!seen.Add(first)) continue;
            var together = new List<string> { first };
            for (var i = 0; i < together.Count; i++)
                together.AddRange(ofScope[together[i]].SelectMany(k => ofKey[k]).Where(seen.Add));
            yield return together;
        }
    }

    static async Task<List<T>> ReadAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> row, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(row(reader));
        return rows;
    }
}
