namespace Facts;

/// <summary>The tree of items. A code that it does not know is a topmost item without children.</summary>
public sealed class ItemTree
{
    readonly Dictionary<string, string?> _parents;

    public ItemTree(IEnumerable<Item> items) => _parents = items.ToDictionary(i => i.Code, i => i.Parent, StringComparer.Ordinal);

    /// <summary>Adds an item, at the top or below an item of the tree.</summary>
    internal void Add(Item item) => _parents[item.Code] = item.Parent;

    /// <summary>True if the other tree has the same items in the same places.</summary>
    public bool HasSameItems(ItemTree other) => ReferenceEquals(this, other)
        || _parents.Count == other._parents.Count && _parents.All(i => other._parents.TryGetValue(i.Key, out var parent) && parent == i.Value);

    /// <summary>
    /// Number of steps from <paramref name="item"/> up to <paramref name="ancestor"/>: 0 if they are equal, null if the item is not below it.
    /// </summary>
    public int? StepsUp(string item, string ancestor)
    {
        var steps = 0;
        for (string? at = item; at is not null; at = _parents.GetValueOrDefault(at), steps++)
            if (at == ancestor) return steps;
        return null;
    }

    /// <summary>The item, the item above it, and so on up to its category.</summary>
    public IEnumerable<string> PathUp(string item)
    {
        for (string? at = item; at is not null; at = _parents.GetValueOrDefault(at)) yield return at;
    }

    /// <summary>True if <paramref name="item"/> is <paramref name="ancestor"/> or below it.</summary>
    public bool IsUnder(string item, string ancestor) => StepsUp(item, ancestor) is not null;

    /// <summary>The item and all items below it.</summary>
    public IEnumerable<string> Under(string ancestor) => _parents.Keys.Where(item => IsUnder(item, ancestor));

    /// <summary>The topmost ancestor of the item: its category.</summary>
    public string Top(string item)
    {
        while (_parents.GetValueOrDefault(item) is { } parent) item = parent;
        return item;
    }

    /// <summary>The categories of some items. Facts about items of different categories never affect one another, unless a set contains both.</summary>
    public CodeSet Trees(CodeSet items) => CodeSet.From(items.Codes.Select(Top));

    /// <summary>Number of steps from the item up to its category: 0 for a topmost item.</summary>
    public int Depth(string item) => StepsUp(item, Top(item)) ?? 0;
}
