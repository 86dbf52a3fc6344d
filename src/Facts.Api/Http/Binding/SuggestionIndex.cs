namespace Facts.Api.Http;

/// <summary>
/// Finds the names that are near to a mistyped one. Results are cached, because the rows of an import repeat the same mistakes. Built on first use. Not
/// thread-safe.
/// </summary>
internal sealed class SuggestionIndex(IEnumerable<string> names)
{
    // A longer name is not a typing mistake, and the cost of a comparison grows with the square of the length.
    const int Longest = 64;

    const int MaxFound = 3, MaxCached = 10_000;

    (string Name, string Plain)[]? _names;

    readonly Dictionary<string, IReadOnlyList<string>> _found = new(StringComparer.Ordinal);

    /// <summary>The three names nearest to the word, nearest first; distant names are left out.</summary>
    public IReadOnlyList<string> Find(string word)
    {
        if (word.Length is 0 or > Longest) return [];
        if (_found.TryGetValue(word, out var remembered)) return remembered;
        if (_found.Count == MaxCached) _found.Clear();
        var sought = Plain(word);
        var found = new List<(string Name, int Distance)>();
        _names ??= [.. names.Where(name => name.Length <= Longest).Distinct(StringComparer.Ordinal).Select(name => (name, Plain(name)))];
        foreach (var (name, plain) in _names)
            if (Rank(sought, plain) is { } distance) found.Add((name, distance));
        return _found[word] =
            [.. found.OrderBy(x => x.Distance).ThenBy(x => Math.Abs(x.Name.Length - word.Length)).ThenBy(x => x.Name, StringComparer.Ordinal)
                .Take(MaxFound).Select(x => x.Name)];
    }

    static string Plain(string text) => text.ToLowerInvariant().Replace("_", "").Replace("-", "").Replace(" ", "");

    static int? Rank(string word, string name)
    {
        // A code of two letters, such as DE, is near to many words and means none of the long ones.
        if (name.Length <= 2 && word.Length > 3) return null;
        if (word.Length >= 3 && name.Length >= 3 && (name.StartsWith(word, StringComparison.Ordinal) || word.StartsWith(name, StringComparison.Ordinal)))
            return Math.Min(1, Math.Abs(name.Length - word.Length));
        // One mistake in three letters: a larger distance finds unrelated words.
        var most = Math.Max(1, Math.Max(word.Length, name.Length) / 3);
        return Math.Abs(word.Length - name.Length) > most ? null : Distance(word, name, most);
    }

    /// <summary>
    /// Optimal string alignment: insertions, deletions, replacements and exchanges of neighbours; null if it takes more than <paramref name="most"/>.
    /// </summary>
    public static int? Distance(string a, string b, int most)
    {
        Span<int> before = stackalloc int[b.Length + 1], last = stackalloc int[b.Length + 1], row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        var leastBefore = 0;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
                least = Math.Min(least, row[j]);
            }
            // An exchange uses the row before the last. If both rows are beyond the limit, the distance cannot fall below it again.
            if (Math.Min(least, leastBefore) > most) return null;
            leastBefore = least;
            var free = before;
            before = last;
            last = row;
            row = free;
        }
        return last[b.Length] <= most ? last[b.Length] : null;
    }
}
