namespace Facts;

/// <summary>Orders that never look at a store's number.</summary>
internal static class ClaimOrder
{
    /// <summary>Article, then external id.</summary>
    public static IComparer<Claim> ByName { get; } = Comparer<Claim>.Create(CompareNames);

    /// <summary>First stated day, last stated day, then name.</summary>
    public static IComparer<Claim> ByDay { get; } = Comparer<Claim>.Create((a, b) =>
    {
        var days = DateWindow.From(a.Stated).CompareTo(DateWindow.From(b.Stated));
        return days != 0 ? days : CompareNames(a, b);
    });

    /// <summary>Least low first, then least high.</summary>
    public static IComparer<Interval> BySize { get; } = Comparer<Interval>.Create((a, b) =>
        a.Low != b.Low ? a.Low.CompareTo(b.Low) : (a.High ?? decimal.MaxValue).CompareTo(b.High ?? decimal.MaxValue));

    /// <summary>Earliest last day first (an open end last); dates of the same bounds are equal.</summary>
    public static IComparer<FuzzyDate> ByBounds { get; } = Comparer<FuzzyDate>.Create((a, b) => Bounds(a).CompareTo(Bounds(b)));

    static (DateOnly, DateOnly, DateOnly, DateOnly) Bounds(FuzzyDate d) =>
        (d.To ?? DateOnly.MaxValue, d.From ?? DateOnly.MinValue, d.FuzzyTo ?? DateOnly.MaxValue, d.FuzzyFrom ?? DateOnly.MinValue);

    static int CompareNames(Claim a, Claim b)
    {
        var byArticle = string.CompareOrdinal(a.Article.Name, b.Article.Name);
        return byArticle != 0 ? byArticle : string.CompareOrdinal(a.ExternalId, b.ExternalId);
    }
}
