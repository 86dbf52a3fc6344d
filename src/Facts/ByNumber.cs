namespace Facts;

/// <summary>Items by number, such as links by the number of their commitment. Those of one number are in the order in which they are given.</summary>
internal sealed class ByNumber<TItem>
{
    readonly TItem[] _items;

    // At i: the place after the last item of number i.
    readonly int[] _until;

    /// <param name="items">The items, each with its number. They are gone through twice.</param>
    /// <param name="numbers">How many numbers there are. The first is 0.</param>
    public ByNumber(IEnumerable<(TItem Item, int Number)> items, int numbers)
    {
        _until = new int[numbers];
        foreach (var (_, number) in items) _until[number]++;
        var count = 0;
        for (var i = 0; i < numbers; i++) (_until[i], count) = (count, count + _until[i]);
        _items = new TItem[count];
        foreach (var (item, number) in items) _items[_until[number]++] = item;
    }

    public ReadOnlySpan<TItem> Of(int number) => _items.AsSpan((number == 0 ? 0 : _until[number - 1]).._until[number]);
}
