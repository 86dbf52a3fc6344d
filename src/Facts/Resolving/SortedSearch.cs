namespace Facts;

/// <summary>Binary search in a list that a test divides into two parts.</summary>
internal static class SortedSearch
{
    /// <summary>The first of the indexes from 0 to <paramref name="count"/> - 1 that passes a test; <paramref name="count"/> if none does.</summary>
    /// <param name="count">The length of the list.</param>
    /// <param name="passes">The test by index. After the first index that passes, all pass.</param>
    public static int First(int count, Func<int, bool> passes)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (passes(middle)) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
