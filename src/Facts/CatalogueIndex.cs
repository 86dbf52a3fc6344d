using System.Buffers;

namespace Facts;

/// <summary>
/// Finds parties and items by the names that claims use: a code, a name or an alias. Upper and lower case, the Turkish dots of i and the form of apostrophes do
/// not matter, and text is normalised (NFC).
/// </summary>
public sealed class CatalogueIndex
{
    readonly Dictionary<string, (string Shown, string Code)> _parties;
    readonly Dictionary<string, (string Shown, string Code)> _items;
    readonly Dictionary<string, Item> _known;

    /// <param name="parties">Every name of every party, with the party's code. A name that differs only in case counts once.</param>
    /// <param name="itemNames">Every name of every item, with the item's code. A name that differs only in case counts once.</param>
    /// <param name="items">All items.</param>
    public CatalogueIndex(IEnumerable<(string Name, string Code)> parties, IEnumerable<(string Name, string Code)> itemNames, IEnumerable<Item> items)
    {
        _parties = ByKey(parties);
        _items = ByKey(itemNames);
        _known = items.ToDictionary(i => i.Code, StringComparer.Ordinal);
        Tree = new(_known.Values);
    }

    /// <summary>
    /// The form in which names are compared: trimmed, normalised to NFC, in capitals, with one apostrophe and one capital I. The store holds this form in an
    /// indexed column, so a change of it needs a new version of the catalogue's seed. <c>Türkiye</c> and <c>TÜRKİYE</c> are <c>TÜRKIYE</c>;
    /// <c>Côte d’Ivoire</c> is <c>CÔTE D'IVOIRE</c>.
    /// </summary>
    public static string Key(string name)
    {
        var capitals = Nfc.Normalize(name.Trim()).ToUpperInvariant();
        return capitals.AsSpan().ContainsAny(Folded) ? string.Concat(capitals.Select(Fold)).Replace("I\u0307", "I", StringComparison.Ordinal) : capitals;

        static char Fold(char c) => c switch { 'İ' or 'ı' => 'I', '‘' or '’' or 'ʼ' or '´' or '`' or '′' => '\'', _ => c };
    }

    /// <summary>Letters and marks that <see cref="Key"/> writes in one way: the two Turkish forms of i, the dot above, and apostrophes.</summary>
    static readonly SearchValues<char> Folded = SearchValues.Create("İı\u0307‘’ʼ´`′");

    /// <summary>Code of the party that has this code, name or alias; null if there is none.</summary>
    public string? Party(string name) => _parties.GetValueOrDefault(Key(name)).Code;

    /// <summary>The item that has this code, name or alias; null if there is none.</summary>
    public Item? Item(string name) => _items.TryGetValue(Key(name), out var found) ? _known[found.Code] : null;

    public IEnumerable<string> PartyNames => _parties.Values.Select(p => p.Shown);

    /// <summary>Every name of every party, with the party's code.</summary>
    public IEnumerable<(string Name, string Code)> Parties => _parties.Values;

    /// <summary>Every name of every item, with the item's code.</summary>
    public IEnumerable<(string Name, string Code)> NamedItems => _items.Values;

    public IEnumerable<string> ItemNames => _items.Values.Select(i => i.Shown);

    public IReadOnlyCollection<Item> Items => _known.Values;

    /// <summary>The tree of all items, including items that were added later.</summary>
    public ItemTree Tree { get; }

    /// <summary>Adds a party that an import creates.</summary>
    public void AddParty(string name, string code) => (_parties[Key(name)], _parties[Key(code)]) = ((name, code), (code, code));

    /// <summary>Adds an item that an import creates.</summary>
    public void AddItem(Item item)
    {
        (_items[Key(item.Name)], _items[Key(item.Code)]) = ((item.Name, item.Code), (item.Code, item.Code));
        _known[item.Code] = item;
        Tree.Add(item);
    }

    static Dictionary<string, (string Shown, string Code)> ByKey(IEnumerable<(string Name, string Code)> names) =>
        names.DistinctBy(n => Key(n.Name), StringComparer.Ordinal).ToDictionary(n => Key(n.Name), n => (n.Name, n.Code), StringComparer.Ordinal);
}
