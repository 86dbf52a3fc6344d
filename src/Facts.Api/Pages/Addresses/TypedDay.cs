using System.Globalization;

namespace Facts.Api.Pages;

/// <summary>
/// A day as people type it, read without guessing. <c>5.3.2024</c> is 5 March 2024 and <c>2024-03-05</c> too; <c>5/3/2024</c> can be two days, so it is
/// neither until somebody chooses.
/// </summary>
/// <param name="Day">The day; null where the text is no day, or can be two.</param>
/// <param name="Other">The other day that the text can be, of the order month and day; null where it can be only one.</param>
internal readonly record struct TypedDay(DateOnly? Day, (DateOnly DayFirst, DateOnly MonthFirst)? Other)
{
    static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    /// <param name="text">The text as typed.</param>
    /// <param name="today">The day that <c>today</c> and <c>yesterday</c> count from.</param>
    public static TypedDay Read(string text, DateOnly today)
    {
        var typed = text.Trim().ToLowerInvariant();
        if (typed is "today" or "now") return new(today, null);
        if (typed == "yesterday" && today > DateOnly.MinValue) return new(today.AddDays(-1), null);
        var parts = typed.Split([' ', '.', '/', '-', ','], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 3) return default;
        // 20240305 and 2024-03-05: the year stands first, so the month follows.
        if (parts[0].Length == 4) return new(Make(parts[0], parts[1], parts[2]), null);
        if (parts[2].Length != 4) return default;
        if (Month(parts[0]) is { } first) return new(Make(parts[2], Text(first), Ordinal(parts[1])), null);
        if (Month(parts[1]) is { } second) return new(Make(parts[2], Text(second), Ordinal(parts[0])), null);
        var (dayFirst, monthFirst) = (Make(parts[2], parts[1], parts[0]), Make(parts[2], parts[0], parts[1]));
        // With dots the day stands first wherever dots are written.
        if (typed.Contains('.') || dayFirst == monthFirst || monthFirst is null) return new(dayFirst, null);
        return dayFirst is null ? new(monthFirst, null) : new(null, (dayFirst.Value, monthFirst.Value));
    }

    static int? Month(string word) => word.Length >= 3 && Array.FindIndex(Months, m => m.StartsWith(word, StringComparison.Ordinal)) is >= 0 and var at
        ? at + 1 : null;

    static string Ordinal(string day) => day.Length > 2 && day[^2..] is "st" or "nd" or "rd" or "th" ? day[..^2] : day;

    static DateOnly? Make(string year, string month, string day) =>
        Number(year) is >= 1 and var y && Number(month) is >= 1 and <= 12 and var m && Number(day) is >= 1 and var d && d <= DateTime.DaysInMonth(y, m)
            ? new DateOnly(y, m, d) : null;

    static int? Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 9999 ? number : null;

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
