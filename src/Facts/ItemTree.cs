namespace Facts;

/// <summary>The tree of items. A code it does not know is its own top with nothing below.</summary>
public sealed class ItemTree
{
    readonly Dictionary<string, string?> _parents;

    public ItemTree(IEnumerable<Item> items) => _parents = items.ToDictionary(i => i.Code, i => i.Parent, StringComparer.Ordinal);

    /// <summary>Takes an item in, at the top or below one that is there.</summary>
    internal void Add(Item item) => _parents[item.Code] = item.Parent;

    /// <summary>How many steps up from <paramref name="item"/> to <paramref name="ancestor"/>: 0 for itself, null where it is not under it.</summary>
    public int? StepsUp(string item, string ancestor)
    {
        var steps = 0;
        for (string? at = item; at is not null; at = _parents.GetValueOrDefault(at), steps++)
            if (at == ancestor) return steps;
        return null;
    }

    /// <summary>Whether <paramref name="item"/> is <paramref name="ancestor"/> or below it.</summary>
    public bool IsUnder(string item, string ancestor) => StepsUp(item, ancestor) is not null;

    /// <summary>The item and all below it.</summary>
    public IEnumerable<string> Under(string ancestor) => _parents.Keys.Where(item => IsUnder(item, ancestor));

    /// <summary>The top ancestor: the category.</summary>
    public string Top(string item)
    {
        while (_parents.GetValueOrDefault(item) is { } parent) item = parent;
        return item;
    }

    /// <summary>The trees in which items stand, each by its top: items of different ones have nothing to do with one another.</summary>
    public CodeSet Trees(CodeSet items) => CodeSet.From(items.Codes.Select(Top));

    /// <summary>How far below its top it stands: 0 for a top.</summary>
    public int Depth(string item) => StepsUp(item, Top(item)) ?? 0;
}
