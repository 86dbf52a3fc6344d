using Facts.Api.Database;
using Facts.Api.Projections;

namespace Facts.Api.Claims;

/// <summary>A word of a search, with the parties and items that have it in a name: a code, a name or an alias.</summary>
/// <param name="Text">The word, as PostgreSQL cuts and writes it.</param>
/// <param name="Parties">Codes of the parties, each with the name that has the word, the code only where no other has.</param>
/// <param name="Items">Codes of the items and of all items below them, each with the name that has the word.</param>
internal sealed record SearchWord(string Text, IReadOnlyDictionary<string, string> Parties, IReadOnlyDictionary<string, string> Items)
{
    public bool IsInNames => Parties.Count + Items.Count > 0;

    /// <summary>The words of a text. Names are cut into words as texts are, by the database: only those that may have a word are sent to it.</summary>
    public static async Task<IReadOnlyList<SearchWord>> ReadAsync(
        FactsContext database, CatalogueSnapshot catalogue, string text, CancellationToken cancel)
    {
        var parts = Parts(text);
        var parties = Having(catalogue.Catalogue.Parties);
        var items = Having(catalogue.Catalogue.NamedItems);
        await using var command = await database.CommandAsync(
            """
            with named as (
                select position, unnest(tsvector_to_array(to_tsvector('simple', name))) as word
                from unnest(@names) with ordinality as names (name, position)
            )
            select word, array_agg(position) filter (where position is not null)
            from unnest(tsvector_to_array(to_tsvector('simple', @text))) as word
            left join named using (word)
            group by word
            """, cancel, new("names", parties.Concat(items).Select(n => n.Name).ToArray()), new("text", text));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var words = new List<SearchWord>();
        while (await reader.ReadAsync(cancel))
        {
            var (ofParties, ofItems) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
            foreach (var at in reader.IsDBNull(1) ? [] : reader.GetFieldValue<long[]>(1).Order().Select(position => (int)position - 1))
                if (at < parties.Count) ofParties.TryAdd(parties[at].Code, parties[at].Name);
                else foreach (var code in catalogue.Tree.Under(items[at - parties.Count].Code)) ofItems.TryAdd(code, items[at - parties.Count].Name);
            words.Add(new(reader.GetString(0), ofParties, ofItems));
        }
        return words;

        List<(string Name, string Code)> Having(IEnumerable<(string Name, string Code)> names) =>
            [.. names.Where(n => parts.Exists(part => n.Name.Contains(part, StringComparison.OrdinalIgnoreCase))).OrderBy(n => n.Name == n.Code)];
    }

    /// <summary>The runs of letters and digits in a text. Each word of the database has at least one.</summary>
    public static List<string> Parts(string text) =>
        [.. string.Concat(text.Select(c => char.IsLetterOrDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.OrdinalIgnoreCase)];
}
