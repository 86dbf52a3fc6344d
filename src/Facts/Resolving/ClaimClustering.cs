namespace Facts;

/// <summary>
/// Which claims tell of the same thing: like claims whose days overlap or nearly do, in chains (DESIGN.md §6, rule 2).
/// </summary>
internal static class ClaimClustering
{
    /// <summary>Two reports of one thing may be this many days apart (DESIGN.md §6).</summary>
    public const int Tolerance = 3;

    /// <summary>Neither a date nor a chain may span more days than the longest month (DESIGN.md §6).</summary>
    public const int LongestSpan = 31;

    /// <summary>
    /// Chains among claims that are alike already. Claims of a wide date are chains of their own. What one claim may leave open and another say
    /// (deadline, whole, commitment) must agree where both say it.
    /// </summary>
    public static List<List<Claim>> SingleLinkage(IEnumerable<Claim> alike, Func<Claim, DateWindow> when, Func<Claim, MatchProfile> profile, bool strict = false)
    {
        var claims = alike.OrderBy(when).ThenBy(c => c, ClaimOrder.ByName).ToList();
        var sets = new DisjointSets(claims.Count);
        // Of each profile the member that reaches furthest stands for all: whoever is near another near member is near it, or tied to it already.
        var reaching = new Dictionary<MatchProfile, (int Index, DateOnly End)>();
        for (var i = 0; i < claims.Count; i++)
        {
            var period = when(claims[i]);
            if (period.Width > LongestSpan) continue;
            var mine = profile(claims[i]);
            foreach (var (theirs, reach) in reaching)
                if (period.Begin.DayNumber - reach.End.DayNumber <= Tolerance && mine.Agrees(theirs, strict)) sets.Join(i, reach.Index);
            if (!reaching.TryGetValue(mine, out var known) || known.End < period.End) reaching[mine] = (i, period.End);
        }
        return [.. Enumerable.Range(0, claims.Count).GroupBy(sets.Find).Select(g => g.Select(i => claims[i]).ToList())];
    }

    /// <summary>Days from the first that any of them can be to the last.</summary>
    public static int Span(IEnumerable<DateWindow> periods)
    {
        var all = periods.ToList();
        return new DateWindow(all.Min(p => p.Begin), all.Max(p => p.End)).Width;
    }
}
