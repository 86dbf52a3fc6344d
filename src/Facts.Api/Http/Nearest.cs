namespace Facts.Api.Http;

/// <summary>What somebody most likely meant: for unknown parameters, members, words and codes alike.</summary>
internal static class Nearest
{
    // A name of more characters than this is not a slip of the finger, and comparing it would cost its square.
    const int Longest = 64;

    /// <summary>The candidate nearest to the word, or null where none is near.</summary>
    public static string? Of(string word, IEnumerable<string> candidates) => Several(word, candidates, 1).FirstOrDefault();

    /// <summary>Up to <paramref name="count"/> candidates, nearest first; those too far away are left out.</summary>
    public static IReadOnlyList<string> Several(string word, IEnumerable<string> candidates, int count)
    {
        if (word.Length is 0 or > Longest) return [];
        var sought = Plain(word);
        return [.. candidates.Distinct(StringComparer.Ordinal)
            .Select(candidate => (candidate, distance: Rank(sought, Plain(candidate))))
            .Where(x => x.distance is not null)
            .OrderBy(x => x.distance).ThenBy(x => x.candidate, StringComparer.Ordinal)
            .Take(count).Select(x => x.candidate)];
    }

    /// <summary>A sentence's end: <c>; did you mean 'donor'?</c>, or nothing.</summary>
    public static string Hint(string? suggestion) => suggestion is null ? "" : $"; did you mean '{suggestion}'?";

    static string Plain(string text) => text.ToLowerInvariant().Replace("_", "").Replace("-", "").Replace(" ", "");

    static int? Rank(string word, string candidate)
    {
        if (candidate.Length > Longest) return null;
        if (word.Length >= 3 && candidate.Length >= 3 && (candidate.StartsWith(word, StringComparison.Ordinal) || word.StartsWith(candidate, StringComparison.Ordinal)))
            return Math.Min(1, Math.Abs(candidate.Length - word.Length));
        var distance = Distance(word, candidate);
        // One slip in three letters: more finds words that have nothing to do with it.
        return distance <= Math.Max(1, Math.Max(word.Length, candidate.Length) / 3) ? distance : null;
    }

    /// <summary>Optimal string alignment: insertions, deletions, replacements and exchanges of neighbours.</summary>
    static int Distance(string a, string b)
    {
        int[] before = new int[b.Length + 1], last = [.. Enumerable.Range(0, b.Length + 1)], row = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, last, row) = (last, row, before);
        }
        return last[b.Length];
    }
}
