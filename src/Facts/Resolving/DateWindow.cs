namespace Facts;

/// <summary>
/// When an event begins to be possible and when it is certain, both inclusive. An open start counts as its end; without an end
/// (<see cref="DateOnly.MaxValue"/>) it never becomes certain.
/// </summary>
internal readonly record struct DateWindow(DateOnly Begin, DateOnly End) : IComparable<DateWindow>
{
    public static DateWindow From(FuzzyDate date) => new(date.From ?? date.To ?? DateOnly.MinValue, date.To ?? DateOnly.MaxValue);

    /// <summary>Possible from the first that is possible, certain once any is certain.</summary>
    public static DateWindow Earliest(DateWindow a, DateWindow b) => new(Min(a.Begin, b.Begin), Min(a.End, b.End));

    /// <summary>The same, never before a day.</summary>
    public DateWindow NotBefore(DateOnly day) => new(Max(Begin, day), Max(End, day));

    public bool HasBegun(DateOnly asOf) => Begin <= asOf;

    public bool IsOver(DateOnly asOf) => End <= asOf && End != DateOnly.MaxValue;

    /// <summary>Days it can be; more than any real number of them without an end.</summary>
    public int Width => End == DateOnly.MaxValue ? int.MaxValue : End.DayNumber - Begin.DayNumber + 1;

    /// <summary>Days between the two; 0 where they overlap.</summary>
    public int Apart(DateWindow other) => Math.Max(0, Math.Max(other.Begin.DayNumber - End.DayNumber, Begin.DayNumber - other.End.DayNumber));

    public int CompareTo(DateWindow other) => Begin != other.Begin ? Begin.CompareTo(other.Begin) : End.CompareTo(other.End);

    static DateOnly Min(DateOnly a, DateOnly b) => a < b ? a : b;

    static DateOnly Max(DateOnly a, DateOnly b) => a > b ? a : b;
}
