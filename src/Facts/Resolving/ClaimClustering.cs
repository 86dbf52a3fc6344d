namespace Facts;

/// <summary>
/// Groups alike claims into chains whose days overlap or nearly overlap (docs/semantics.md#corroboration).
/// </summary>
internal static class ClaimClustering
{
    /// <summary>Largest number of days between two close reports, inclusive (docs/semantics.md#corroboration).</summary>
    public const int Tolerance = 3;

    /// <summary>Largest number of days that a date or a chain may span, inclusive: the longest month (docs/semantics.md#corroboration).</summary>
    public const int LongestSpan = 31;

    /// <summary>
    /// Finds the chains among alike claims (single-linkage clustering). A claim with a date wider than <see cref="LongestSpan"/> is a chain of its own.
    /// Deadline, larger commitment and commitment must agree if both claims give them.
    /// Example: claims of 1, 4 and 7 January are one chain, although the first and the last are 6 days apart.
    /// </summary>
    public static List<List<Claim>> SingleLinkage(
        IEnumerable<Claim> alike, Func<Claim, DateWindow> when, Func<Claim, MatchProfile> profile, bool strict = false)
    {
        var claims = alike.OrderBy(when).ThenBy(c => c, ClaimOrder.ByName).ToList();
        var sets = new DisjointSets(claims.Count);
        // One representative per profile is enough: the member with the latest end.
        // Anything within tolerance of another member is within tolerance of it, or already in its set.
        var latest = new Dictionary<MatchProfile, (int Index, DateOnly End)>();
        for (var i = 0; i < claims.Count; i++)
        {
            var window = when(claims[i]);
            if (window.Width > LongestSpan) continue;
            var own = profile(claims[i]);
            foreach (var (other, member) in latest)
                if (window.Begin.DayNumber - member.End.DayNumber <= Tolerance && own.Agrees(other, strict)) sets.Join(i, member.Index);
            if (!latest.TryGetValue(own, out var known) || known.End < window.End) latest[own] = (i, window.End);
        }
        return [.. Enumerable.Range(0, claims.Count).GroupBy(sets.Find).Select(g => g.Select(i => claims[i]).ToList())];
    }

    /// <summary>Number of days from the first day of all windows to the last, both inclusive.</summary>
    public static int Span(IEnumerable<DateWindow> windows)
    {
        var all = windows.ToList();
        return new DateWindow(all.Min(w => w.Begin), all.Max(w => w.End)).Width;
    }
}
