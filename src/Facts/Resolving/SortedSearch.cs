namespace Facts;

/// <summary>Binary search in a list that a test divides into two parts.</summary>
internal static class SortedSearch
{
    /// <summary>The first index whose item passes a test; the length of the list if none does.</summary>
    /// <param name="items">The list.</param>
    /// <param name="with">The value with which the test compares an item.</param>
    /// <param name="passes">The test. After the first item that passes, all pass.</param>
    public static int First<TItem, TWith>(IReadOnlyList<TItem> items, TWith with, Func<TItem, TWith, bool> passes)
    {
        var (low, high) = (0, items.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (passes(items[middle], with)) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
