namespace Facts;

/// <summary>
/// The first day on which an event is possible and the first day on which it is certain, both inclusive. An open start counts as the end.
/// An event with an open end (<see cref="DateOnly.MaxValue"/>) never becomes certain. Example: <c>2024-10</c> is possible from 1 October and certain on
/// 31 October.
/// </summary>
internal readonly record struct DateWindow(DateOnly Begin, DateOnly End) : IComparable<DateWindow>
{
    public static DateWindow From(FuzzyDate date) => new(date.From ?? date.To ?? DateOnly.MinValue, date.To ?? DateOnly.MaxValue);

    /// <summary>The window of the earlier of two events: possible if one is possible, certain if one is certain.</summary>
    public static DateWindow Earliest(DateWindow a, DateWindow b) => new(Min(a.Begin, b.Begin), Min(a.End, b.End));

    /// <summary>The window, moved so that neither end lies before a day.</summary>
    public DateWindow NotBefore(DateOnly day) => new(Max(Begin, day), Max(End, day));

    public bool HasBegun(DateOnly asOf) => Begin <= asOf;

    public bool IsOver(DateOnly asOf) => End <= asOf && End != DateOnly.MaxValue;

    /// <summary>Number of days of the window; <see cref="int.MaxValue"/> if its end is open.</summary>
    public int Width => End == DateOnly.MaxValue ? int.MaxValue : End.DayNumber - Begin.DayNumber + 1;

    /// <summary>Number of days between two windows; 0 if they overlap.</summary>
    public int Apart(DateWindow other) => Math.Max(0, Math.Max(other.Begin.DayNumber - End.DayNumber, Begin.DayNumber - other.End.DayNumber));

    public int CompareTo(DateWindow other) => Begin != other.Begin ? Begin.CompareTo(other.Begin) : End.CompareTo(other.End);

    static DateOnly Min(DateOnly a, DateOnly b) => a < b ? a : b;

    static DateOnly Max(DateOnly a, DateOnly b) => a > b ? a : b;
}
