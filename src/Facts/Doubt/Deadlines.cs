namespace Facts;

/// <summary>Comparison of the deadlines of two facts.</summary>
internal static class Deadlines
{
    /// <summary>True if the deadlines share a day, or if one of the two facts has none.</summary>
    public static bool MayAgree(FuzzyDate? a, FuzzyDate? b) => a is null || b is null
        || (a.From ?? DateOnly.MinValue) <= (b.To ?? DateOnly.MaxValue) && (b.From ?? DateOnly.MinValue) <= (a.To ?? DateOnly.MaxValue);
}
