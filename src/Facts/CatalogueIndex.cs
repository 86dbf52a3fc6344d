using System.Text;

namespace Facts;

/// <summary>The names that claims use for parties and items. Look-ups take a code, a name or an alias, without case and normalised (NFC).</summary>
public sealed class CatalogueIndex
{
    readonly Dictionary<string, (string Shown, string Code)> _parties;
    readonly Dictionary<string, (string Shown, string Code)> _items;
    readonly Dictionary<string, Item> _known;

    /// <param name="parties">Every name of every party as it is written, to its code; one that differs only in case counts once.</param>
    /// <param name="itemNames">Every name of every item, likewise.</param>
    /// <param name="items">The tree.</param>
    public CatalogueIndex(IEnumerable<(string Name, string Code)> parties, IEnumerable<(string Name, string Code)> itemNames, IEnumerable<Item> items)
    {
        _parties = ByKey(parties);
        _items = ByKey(itemNames);
        _known = items.ToDictionary(i => i.Code, StringComparer.Ordinal);
        Tree = new(_known.Values);
    }

    /// <summary>How a name is compared: trimmed, composed, in capitals.</summary>
    public static string Key(string name) => Nfc.Normalize(name.Trim()).ToUpperInvariant();

    /// <summary>Code of the party that has this code, name or alias; null where none has.</summary>
    public string? Party(string name) => _parties.GetValueOrDefault(Key(name)).Code;

    /// <summary>The item that has this code, name or alias; null where none has.</summary>
    public Item? Item(string name) => _items.TryGetValue(Key(name), out var found) ? _known[found.Code] : null;

    public IEnumerable<string> PartyNames => _parties.Values.Select(p => p.Shown);

    public IEnumerable<string> ItemNames => _items.Values.Select(i => i.Shown);

    public IReadOnlyCollection<Item> Items => _known.Values;

    /// <summary>As the items stand, those too that were added.</summary>
    public ItemTree Tree { get; }

    /// <summary>A party as a load names it first: known from now on.</summary>
    public void AddParty(string name, string code) => (_parties[Key(name)], _parties[Key(code)]) = ((name, code), (code, code));

    /// <summary>An item as a load names it first: known from now on.</summary>
    public void AddItem(Item item)
    {
        (_items[Key(item.Name)], _items[Key(item.Code)]) = ((item.Name, item.Code), (item.Code, item.Code));
        _known[item.Code] = item;
        Tree.Add(item);
    }

    static Dictionary<string, (string Shown, string Code)> ByKey(IEnumerable<(string Name, string Code)> names) =>
        names.DistinctBy(n => Key(n.Name), StringComparer.Ordinal).ToDictionary(n => Key(n.Name), n => (n.Name, n.Code), StringComparer.Ordinal);

    /// <summary>A code for a name nobody has used: lower case words joined by hyphens, numbered where it is taken.</summary>
    public static string Slug(string name, Func<string, bool> isTaken)
    {
        var words = new StringBuilder();
        foreach (var c in Nfc.Normalize(name.Trim()).ToLowerInvariant())
            if (char.IsLetterOrDigit(c)) words.Append(c);
            else if (words.Length > 0 && words[^1] != '-') words.Append('-');
        var slug = words.ToString().Trim('-') is { Length: > 0 } text ? text : "unnamed";
        if (slug.Length > 100) slug = slug[..100].Trim('-');
        var code = slug;
        for (var n = 2; isTaken(code); n++) code = $"{slug}-{n}";
        return code;
    }
}
