namespace Facts;

/// <summary>Identifies a row of a balance. A member that the question does not group by is null.</summary>
/// <param name="Unit">Unit of all numbers in the row; null if its facts count nothing.</param>
/// <param name="Donors">Donors of the row's facts; empty for requests that ask no particular donor.</param>
/// <param name="Recipient">Code of the recipient.</param>
/// <param name="Items">The item, or a set of items of which any may be given.</param>
/// <param name="Categories">Topmost ancestors of the items; several only for a set of items.</param>
/// <param name="YearStated">Year of the first day on which the facts can have been stated.</param>
/// <param name="YearDue">Year of the deadline in force; null without a deadline.</param>
public sealed record BalanceKey(string? Unit, CodeSet? Donors, string? Recipient, CodeSet? Items, CodeSet? Categories, int? YearStated, int? YearDue)
    : IComparable<BalanceKey>
{
    /// <summary>Codes of the donors in order, joined as on the wire: <c>DEU+DNK+NLD</c>. Null without donors.</summary>
    public string? Donor => Donors is { IsEmpty: false } ? Donors.Joint : null;

    /// <summary>True if several donors give jointly.</summary>
    public bool Shared => Donors is { Codes.Count: > 1 };

    /// <summary>Codes of the items in order, joined as on the wire: <c>hawk|iris-t|nasams</c>.</summary>
    public string? Item => Items?.AnyOf;

    /// <summary>Codes of the categories in order, joined as on the wire: <c>air-defence|armour</c>.</summary>
    public string? Category => Categories?.AnyOf;

    /// <summary>Orders rows by their groups, then by unit. A null comes after every value.</summary>
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
