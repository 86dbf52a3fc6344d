using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Database;

/// <summary>Reads and writes the catalogue. It has a few thousand names at most, so a read takes all of them in one round trip.</summary>
internal static class CatalogueStore
{
    public static async Task<CatalogueIndex> ReadAsync(FactsContext database, CancellationToken cancel)
    {
        var trip = new RoundTrip(database);
        var (parties, names, items) = (AskNames(trip, "parties"), AskNames(trip, "items"), AskItems(trip));
        await trip.SendAsync(cancel);
        return new CatalogueIndex(parties, names, items);
    }

    /// <summary>
    /// Asks for every name with its code. The code of a merged entry leads to the entry that stayed, even if that one lost it as an alias.
    /// The names of the entries themselves come first.
    /// </summary>
    static List<(string Name, string Code)> AskNames(RoundTrip trip, string table) => trip.Ask(
        $"""
        with recursive merged (code, stayed) as (
            select code, merged_into from {table} where merged_into is not null
            union
            select merged.code, {table}.merged_into from merged join {table} on {table}.code = stayed where {table}.merged_into is not null
        )
        select unnest(array[code, name] || aliases), code from {table} where merged_into is null and not is_removed
        union all
        select merged.code, stayed
        from merged
        join {table} on {table}.code = stayed
        where {table}.merged_into is null and not {table}.is_removed
        """, r => (r.GetString(0), r.GetString(1)));

    /// <summary>Reads only the item tree, as it is now.</summary>
    public static async Task<ItemTree> TreeAsync(FactsContext database, CancellationToken cancel) =>
        new(await RoundTrip.SendAsync(database, AskItems, cancel));

    /// <summary>Asks for all items in a round trip.</summary>
    /// <returns>The items, which are in the list once the statements have been sent.</returns>
    public static List<Item> AskItems(RoundTrip trip) => trip.Ask("select code, name, parent, unit from items where merged_into is null and not is_removed",
        r => new Item(r.GetString(0), r.GetString(1), r.IsDBNull(2) ? null : r.GetString(2), r.IsDBNull(3) ? null : r.GetString(3)));

    /// <summary>
    /// Names for readers, also of entries that were merged or deleted. The keys are <c>party:</c> or <c>item:</c> and the code, for example
    /// <c>party:DEU</c>.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, string>> NamesAsync(FactsContext database, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(
            "select 'party:' || code, name from parties union all select 'item:' || code, name from items", cancel);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancel)) names[reader.GetString(0)] = reader.GetString(1);
        return names;
    }

    /// <summary>
    /// Adds parties of kind <c>organization</c> and items at the top of the tree. They are found by their code and their name. A code that
    /// was deleted is used again. Rows are inserted in the order of their codes and names. Two writers that add equal rows at once then wait for each other
    /// without a deadlock.
    /// </summary>
    public static async Task AddAsync(
        FactsContext database, IReadOnlyCollection<(string Code, string Name)> parties, IReadOnlyCollection<Item> items, CancellationToken cancel)
    {
        parties = [.. parties.OrderBy(p => p.Code, StringComparer.Ordinal)];
        items = [.. items.OrderBy(i => i.Code, StringComparer.Ordinal)];
        if (parties.Count > 0)
            await database.Database.ExecuteSqlAsync(
                $"""
                insert into parties (code, name, kind, aliases, members, version, is_removed)
                select code, name, 'organization', array[]::text[], array[]::text[], 1, false
                from unnest({parties.Select(p => p.Code).ToArray()}, {parties.Select(p => p.Name).ToArray()}) as party (code, name)
                on conflict (code) do update
                set name = excluded.name, kind = excluded.kind, aliases = excluded.aliases, members = excluded.members, version = parties.version + 1,
                    is_removed = false
                where parties.is_removed
                """, cancel);
        if (items.Count > 0)
            await database.Database.ExecuteSqlAsync(
                $"""
                insert into items (code, name, unit, aliases, version, is_removed)
                select code, name, unit, array[]::text[], 1, false
                from unnest({items.Select(i => i.Code).ToArray()}, {items.Select(i => i.Name).ToArray()}, {items.Select(i => i.Unit).ToArray()})
                    as item (code, name, unit)
                on conflict (code) do update
                set name = excluded.name, unit = excluded.unit, aliases = excluded.aliases, version = items.version + 1, is_removed = false
                where items.is_removed
                """, cancel);
        await AddNamesAsync(database, "party_names", parties, cancel);
        await AddNamesAsync(database, "item_names", [.. items.Select(i => (i.Code, i.Name))], cancel);
    }

    /// <summary>Counts the claims, of any edition and time, that name a party or an item, and gives the lowest number among them.</summary>
    /// <param name="database">The store.</param>
    /// <param name="condition">The SQL condition of the claims, about <c>@code</c>.</param>
    /// <param name="code">Code of the party or item.</param>
    /// <param name="cancel">Ends the query in the database too.</param>
    public static async Task<(long Count, long? First)> CountClaimsAsync(FactsContext database, string condition, string code, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(
            $"select count(*), min(id) from claims where {condition}", cancel, new NpgsqlParameter("code", code));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return (reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetInt64(1));
    }

    /// <summary>Replaces all names by which a party or an item is found.</summary>
    /// <param name="database">The store, with an open transaction.</param>
    /// <param name="table"><c>party_names</c> or <c>item_names</c>.</param>
    /// <param name="code">Code of the party or item.</param>
    /// <param name="names">Code, name and aliases, not yet normalised.</param>
    /// <param name="cancel">Ends the statement.</param>
    public static async Task ReplaceNamesAsync(FactsContext database, string table, string code, IEnumerable<string> names, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(
            $"""
            delete from {table} where code = @code and name <> all (@names);
            insert into {table} (name, code)
            select name, @code
            from unnest(@names) as given (name)
            where not exists (select from {table} own where own.name = given.name and own.code = @code)
            order by name collate "C"
            """, cancel, new("code", code), new("names", names.Select(CatalogueIndex.Key).Distinct(StringComparer.Ordinal).ToArray()));
        await command.ExecuteNonQueryAsync(cancel);
    }

    static async Task AddNamesAsync(FactsContext database, string table, IReadOnlyCollection<(string Code, string Name)> named, CancellationToken cancel)
    {
        if (named.Count == 0) return;
        var names = named
            .SelectMany(n => new[] { n.Code, n.Name }.Select(CatalogueIndex.Key).Distinct(StringComparer.Ordinal), (n, name) => (n.Code, Name: name))
            .OrderBy(n => n.Name, StringComparer.Ordinal).ToList();
        await using var command = await database.CommandAsync($"insert into {table} (code, name) select * from unnest(@codes, @names)", cancel,
            new("codes", names.Select(n => n.Code).ToArray()), new("names", names.Select(n => n.Name).ToArray()));
        await command.ExecuteNonQueryAsync(cancel);
    }
}
