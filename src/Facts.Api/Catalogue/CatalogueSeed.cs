using System.Text.Json;
using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Catalogue;

/// <summary>
/// The parties that every store begins with: the states of <c>states.csv</c>, with more names in <c>state-names.csv</c>, and the parties of
/// <c>parties.ndjson</c>.
/// </summary>
internal static class CatalogueSeed
{
    /// <summary>Version of the files and of the form in which names are compared. A store with an earlier version gets what is new.</summary>
    public const int Version = 2;

    /// <summary>
    /// Adds the parties, and to known parties their names, once for each version. It never overwrites an editor: a party that a caller changed or deleted
    /// stays as it is, and so does a name that another party has. Several services may seed one store at once: the first one wins.
    /// </summary>
    public static async Task SeedAsync(FactsContext database, TimeProvider clock, CancellationToken cancel)
    {
        if (await IsDoneAsync()) return;
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        await CatalogueLocks.EditAsync(database, cancel);
        if (await IsDoneAsync()) return;
        using var turn = new CommitTurn();
        var changes = new ChangeLog(database, clock, new AuditContext(), turn);
        var change = await changes.BeginAsync(ChangeKind.Party, cancel);
        var (parties, edited) = (await database.Set<PartyRow>().OrderBy(p => p.Code).ToListAsync(cancel), await EditedAsync(database, cancel));
        var isNew = parties.Count == 0;
        var owners = Owners(parties.Select(p => (p.Code, NamesOf(p))));
        foreach (var wanted in Read().Where(p => !edited.Contains(p.Code)))
        {
            if (parties.Find(p => p.Code == wanted.Code) is { } known) Extend(known, wanted);
            else if (!owners.ContainsKey(CatalogueIndex.Key(wanted.Code)) && !owners.ContainsKey(CatalogueIndex.Key(wanted.Name))) Add(wanted);
        }

        await database.SaveChangesAsync(cancel);
        await StoreNamesAsync(database, "party_names", parties.Select(p => (p.Code, NamesOf(p))), cancel);
        var items = await database.Set<ItemRow>().AsNoTracking().Where(i => i.MergedInto == null && !i.IsRemoved).OrderBy(i => i.Code).ToListAsync(cancel);
        await StoreNamesAsync(database, "item_names", items.Select(i => (i.Code, (IEnumerable<string>)[i.Code, i.Name, .. i.Aliases])), cancel);
        // A new store begins with an empty change log.
        if (!isNew) await changes.AppendAsync(change, cancel);
        await database.Set<DatasetRow>().ExecuteUpdateAsync(d => d.SetProperty(x => x.Seed, Version), cancel);
        await transaction.CommitAsync(cancel);
        database.ChangeTracker.Clear();

        Task<bool> IsDoneAsync() => database.Set<DatasetRow>().AnyAsync(d => d.Seed >= Version, cancel);

        void Add(PartyRow wanted)
        {
            wanted.Aliases = [.. wanted.Aliases.Where(alias => !owners.ContainsKey(CatalogueIndex.Key(alias)))];
            Own(wanted);
            parties.Add(wanted);
            database.Add(wanted);
            change.AddResource("parties", wanted.Code, "created");
        }

        void Extend(PartyRow known, PartyRow wanted)
        {
            var before = (known.Name, known.Aliases.Count);
            // A state whose name became an alias has a new name: Turkey is Türkiye.
            if (wanted.Aliases.Contains(known.Name) && (OwnerOf(wanted.Name) ?? known.Code) == known.Code)
                (known.Name, known.Aliases) = (wanted.Name, [.. known.Aliases.Append(known.Name).Where(alias => alias != wanted.Name)]);
            known.Aliases = [.. known.Aliases, .. wanted.Aliases.Append(wanted.Name).Where(name => OwnerOf(name) is null)];
            if (before == (known.Name, known.Aliases.Count)) return;
            known.Version++;
            Own(known);
            change.AddResource("parties", known.Code, "changed");
        }

        string? OwnerOf(string name) => owners.GetValueOrDefault(CatalogueIndex.Key(name));

        void Own(PartyRow party)
        {
            foreach (var name in NamesOf(party)) owners.TryAdd(CatalogueIndex.Key(name), party.Code);
        }
    }

    /// <summary>The parties of the files, ordered by code. Each has its own list of aliases.</summary>
    static List<PartyRow> Read()
    {
        var more = Lines("state-names.csv").Skip(1).Select(line => line.Split(',', 2)).ToDictionary(cells => cells[0], cells => Names(cells[1]));
        var states = Lines("states.csv").Skip(1).Select(line => line.Split(','))
            .Select(cells => new PartyRow
            {
                Code = cells[0],
                Name = cells[1],
                Kind = EnumWords.ToWord(PartyKind.State),
                Aliases = [.. Names(cells[2]), .. more.GetValueOrDefault(cells[0], [])],
            });
        var others = Lines("parties.ndjson").Select(line => JsonSerializer.Deserialize<PartyRequest>(line, Json.Options)!.ToParty());
        return [.. states.Concat(others).OrderBy(p => p.Code, StringComparer.Ordinal)];

        static string[] Names(string cell) => cell.Split(';', StringSplitOptions.RemoveEmptyEntries);
    }

    // The files have one entry in each line. Cells are never quoted; only the last cell of state-names.csv may hold commas.
    static string[] Lines(string file)
    {
        using var stream = typeof(CatalogueSeed).Assembly.GetManifestResourceStream("Facts.Api.Catalogue." + file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>Codes of the parties that a caller has changed or deleted.</summary>
    static async Task<HashSet<string>> EditedAsync(FactsContext database, CancellationToken cancel) => [.. await database.Database.SqlQuery<string>(
        $"""
        select distinct touched ->> 'id' as "Value"
        from changes
        join audit on audit.change = changes.sequence
        cross join lateral jsonb_array_elements(changes.resources) touched
        where touched ->> 'type' = 'parties' and touched ->> 'action' in ('changed', 'removed', 'merged', 'restored')
        """).ToListAsync(cancel)];

    static IEnumerable<string> NamesOf(PartyRow party) => party.MergedInto is not null || party.IsRemoved ? [] : [party.Code, party.Name, .. party.Aliases];

    /// <summary>The code that has each name, in the form in which names are compared. Codes and the parties named first come first.</summary>
    static Dictionary<string, string> Owners(IEnumerable<(string Code, IEnumerable<string> Names)> rows)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (code, names) in rows.ToList())
            foreach (var name in names) owners.TryAdd(CatalogueIndex.Key(name), code);
        return owners;
    }

    /// <summary>Makes the stored names equal to those of the rows. Names of an earlier version may be in another form.</summary>
    static async Task StoreNamesAsync(
        FactsContext database, string table, IEnumerable<(string Code, IEnumerable<string> Names)> rows, CancellationToken cancel)
    {
        var owners = Owners(rows).OrderBy(o => o.Key, StringComparer.Ordinal).ToList();
        await using var command = await database.CommandAsync(
            $"""
            delete from {table} stored where not exists (select from unnest(@names, @codes) as wanted (name, code) where wanted = (stored.name, stored.code));
            insert into {table} (name, code)
            select name, code from unnest(@names, @codes) as wanted (name, code)
            on conflict (name) do nothing
            """, cancel, new("names", owners.Select(o => o.Key).ToArray()), new("codes", owners.Select(o => o.Value).ToArray()));
        await command.ExecuteNonQueryAsync(cancel);
    }
}
