using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Catalogue;

/// <summary>The states of <c>states.csv</c>: the parties that every store begins with.</summary>
internal static class States
{
    /// <summary>
    /// Adds the states to a catalogue that has no state yet. A catalogue with states is left alone, so that the changes of an editor stay.
    /// Several services may seed one store at once: the first one wins.
    /// </summary>
    public static async Task SeedAsync(FactsContext database, CancellationToken cancel)
    {
        if (await database.Set<PartyRow>().AnyAsync(p => p.Kind == "state", cancel)) return;
        var states = Read();
        var names = states
            .SelectMany(s => s.Aliases.Prepend(s.Name).Prepend(s.Code).Select(CatalogueIndex.Key).Distinct(), (s, name) => (Name: name, s.Code))
            .ToList();
        var codes = states.Select(s => s.Code).ToArray();
        var shownNames = states.Select(s => s.Name).ToArray();
        var aliases = states.Select(s => string.Join(';', s.Aliases)).ToArray();
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        await database.Database.ExecuteSqlAsync(
            $"""
            insert into parties (code, name, kind, aliases, members, version)
            select code, name, 'state', coalesce(string_to_array(nullif(aliases, ''), ';'), array[]::text[]), array[]::text[], 1
            from unnest({codes}, {shownNames}, {aliases})
                as state (code, name, aliases)
            on conflict (code) do nothing
            """, cancel);
        await database.Database.ExecuteSqlAsync(
            $"""
            insert into party_names (name, code)
            select * from unnest({names.Select(n => n.Name).ToArray()}, {names.Select(n => n.Code).ToArray()})
            on conflict (name) do nothing
            """, cancel);
        await transaction.CommitAsync(cancel);
    }

    // The columns are code,name,aliases. Cells are never quoted; aliases are separated by semicolons.
    static List<(string Code, string Name, string[] Aliases)> Read()
    {
        using var stream = typeof(States).Assembly.GetManifestResourceStream("Facts.Api.Catalogue.states.csv")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1)
            .Select(line => line.Split(',')).Select(cells => (cells[0], cells[1], cells[2].Split(';', StringSplitOptions.RemoveEmptyEntries)))];
    }
}
