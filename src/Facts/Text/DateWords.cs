using System.Globalization;

namespace Facts;

/// <summary>Dates in words, for readers.</summary>
public static class DateWords
{
    static readonly CultureInfo English = CultureInfo.InvariantCulture;

    static readonly string[] Seasons = ["spring", "summer", "autumn", "winter"];

    /// <summary>The date in words: <c>../2024-12-31</c> is "by 31 December 2024", <c>2024-07~</c> is "about July 2024".</summary>
    /// <param name="date">The date.</param>
    /// <param name="day">Format of a day.</param>
    public static string InWords(this FuzzyDate date, string day = "d MMMM yyyy") => date.Text.Split('/') switch
    {
        ["..", var end] => "by " + One(end, day),
        [var start, ".."] => $"from {One(start, day)} on",
        [var start, var end] => $"{One(start, day)} to {One(end, day)}",
        _ => One(date.Text, day),
    };

    static string One(string text, string format)
    {
        var shown = text.TrimEnd('?', '~', '%').Split('-') switch
        {
            [var year] => Year(year),
            [var year, var month] => Month(year, month),
            [var year, var month, var day] when day.Contains('X') || month.Contains('X') => Month(year, month),
            var parts => DateOnly.ParseExact(string.Join('-', parts), "yyyy-MM-dd", English).ToString(format, English),
        };
        return text[^1] switch { '~' => "about " + shown, '?' => shown + " (uncertain)", '%' => $"about {shown} (uncertain)", _ => shown };
    }

    static string Month(string year, string month) => int.TryParse(month, NumberStyles.None, English, out var number) && !year.Contains('X')
        ? number switch
        {
            >= 21 and <= 24 => $"{Seasons[number - 21]} {year}",
            >= 33 and <= 36 => $"Q{number - 32} {year}",
            _ => $"{English.DateTimeFormat.GetMonthName(number)} {year}",
        }
        : Year(year);

    static string Year(string year) => year.Replace('X', '0') + (year.Contains('X') ? "s" : "");
}
