namespace Facts.Api.Parties;

/// <summary>The states of <c>states.csv</c>, as the statements that put them into an empty catalogue.</summary>
internal static class States
{
    public static string Insert()
    {
        using var stream = typeof(States).Assembly.GetManifestResourceStream("Facts.Api.Parties.states.csv")!;
        using var reader = new StreamReader(stream);
        // code,name,aliases: cells are never quoted, aliases are separated by semicolons.
        var states = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1).Select(line => line.Split(',')).ToList();
        var parties = states.Select(s => $"({Quoted(s[0])}, {Quoted(s[1])}, 'state', array[{string.Join(", ", Aliases(s).Select(Quoted))}]::text[], array[]::text[], 1)");
        var names = states.SelectMany(s => Aliases(s).Prepend(s[1]).Prepend(s[0]).Select(Catalogue.Key).Distinct(), (s, name) => $"({Quoted(name)}, {Quoted(s[0])})");
        return $"""
            insert into parties (code, name, kind, aliases, members, version) values
            {string.Join(",\n", parties)};
            insert into party_names (name, code) values
            {string.Join(",\n", names)};
            """;
    }

    static string[] Aliases(string[] state) => state[2].Split(';', StringSplitOptions.RemoveEmptyEntries);

    static string Quoted(string text) => $"'{text.Replace("'", "''")}'";
}
