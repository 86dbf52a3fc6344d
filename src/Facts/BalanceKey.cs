namespace Facts;

/// <summary>What a row is about; a member that is not grouped by is null.</summary>
/// <param name="Unit">Null where nothing is counted.</param>
/// <param name="Donors">The donors of its facts; empty for requests that ask nobody.</param>
/// <param name="Recipient">Code of the recipient.</param>
/// <param name="Items">The item, or the set of which any will do.</param>
/// <param name="Categories">Top ancestors of the items; several only for a set.</param>
/// <param name="YearStated">Year of the first stated day.</param>
/// <param name="YearDue">Year of the current deadline; null where there is none.</param>
public sealed record BalanceKey(string? Unit, CodeSet? Donors, string? Recipient, CodeSet? Items, CodeSet? Categories, int? YearStated, int? YearDue)
    : IComparable<BalanceKey>
{
    /// <summary>As the wire has it: <c>DEU+DNK+NLD</c>; null without donors.</summary>
    public string? Donor => Donors is { IsEmpty: false } ? Donors.Joint : null;

    /// <summary>Whether several donors give together.</summary>
    public bool Shared => Donors is { Codes.Count: > 1 };

    /// <summary>As the wire has it: <c>hawk|iris-t|nasams</c>.</summary>
    public string? Item => Items?.AnyOf;

    /// <summary>As the wire has it.</summary>
    public string? Category => Categories?.AnyOf;

    /// <summary>The order of rows: by what they are grouped by, then by unit; what is null comes last.</summary>
    public int CompareTo(BalanceKey? other) => other is null ? 1 : Compare(
    [
        Text(Donor, other.Donor), Text(Recipient, other.Recipient), Text(Item, other.Item), Text(Category, other.Category),
        Number(YearStated, other.YearStated), Number(YearDue, other.YearDue), Text(Unit, other.Unit),
    ]);

    static int Compare(ReadOnlySpan<int> members)
    {
        foreach (var member in members)
            if (member != 0) return member;
        return 0;
    }

    static int Text(string? one, string? other) => one is null || other is null ? (one is null).CompareTo(other is null) : string.CompareOrdinal(one, other);

    static int Number(int? one, int? other) => (one ?? int.MaxValue).CompareTo(other ?? int.MaxValue);
}
