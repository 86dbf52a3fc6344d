namespace Facts;

/// <summary>Orders of claims and values. None of them uses a number that the store gives.</summary>
internal static class ClaimOrder
{
    /// <summary>Orders claims by article, then by external id.</summary>
    public static IComparer<Claim> ByName { get; } = Comparer<Claim>.Create(CompareNames);

    /// <summary>Orders claims by first stated day, last stated day, article and external id.</summary>
    public static IComparer<Claim> ByDay { get; } = Comparer<Claim>.Create((a, b) =>
    {
        var days = DateWindow.From(a.Stated).CompareTo(DateWindow.From(b.Stated));
        return days != 0 ? days : CompareNames(a, b);
    });

    /// <summary>Smallest low first, then smallest high. No upper bound comes last.</summary>
    public static IComparer<Interval> BySize { get; } = Comparer<Interval>.Create((a, b) =>
        a.Low != b.Low ? a.Low.CompareTo(b.Low) : (a.High ?? decimal.MaxValue).CompareTo(b.High ?? decimal.MaxValue));

    /// <summary>Earliest last day first; an open end comes last. Dates with equal bounds are equal.</summary>
    public static IComparer<FuzzyDate> ByBounds { get; } = Comparer<FuzzyDate>.Create((a, b) => Bounds(a).CompareTo(Bounds(b)));

    static (DateOnly, DateOnly, DateOnly, DateOnly) Bounds(FuzzyDate d) =>
        (d.To ?? DateOnly.MaxValue, d.From ?? DateOnly.MinValue, d.FuzzyTo ?? DateOnly.MaxValue, d.FuzzyFrom ?? DateOnly.MinValue);

    static int CompareNames(Claim a, Claim b)
    {
        var byArticle = ReferenceEquals(a.Article, b.Article) ? 0 : string.CompareOrdinal(a.Article.Name, b.Article.Name);
        return byArticle != 0 ? byArticle : string.CompareOrdinal(a.ExternalId, b.ExternalId);
    }
}
