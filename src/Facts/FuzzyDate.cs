using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Facts;

/// <summary>
/// A calendar date as an EDTF text (ISO 8601-2), with the days that it can be (docs/semantics.md#dates). It covers EDTF level 0.
/// Of level 1 it covers qualifiers, unspecified digits, seasons and open intervals; of level 2 quarters, and intervals of any two forms.
/// All days lie in the years 1900 to 2100. Two dates are equal if their texts are equal: the bounds are computed from the text.
/// </summary>
public sealed record FuzzyDate
{
    const string Forms =
        "Valid forms: 2024-12-31, 2024-12, 2024, 2024-12-XX, 2024-XX, 2024-1X, 202X, seasons 2024-21 (spring) to 2024-24 (winter), " +
        "quarters 2024-33 to 2024-36, any of these followed by ?, ~ or %, and intervals 2024-07-09/2024-12-31, ../2024-12-31, 2024-07-09/..; " +
        "years 1900 to 2100, no times.";

    const int FirstYear = 1900;
    const int LastYear = 2100;
    const string OutOfRange = "outside the years 1900 to 2100";

    // Most dates are a plain day, and claims have few different ones. By the number of days since the first.
    static readonly FuzzyDate?[] PlainDays = new FuzzyDate?[(LastYear - FirstYear + 1) * 366];

    FuzzyDate(string text) => Text = text;

    /// <summary>The EDTF text as given.</summary>
    public string Text { get; }

    /// <summary>First day that it can be, inclusive; null if the start is open.</summary>
    public DateOnly? From { get; private init; }

    /// <summary>Last day that it can be, inclusive; null if the end is open.</summary>
    public DateOnly? To { get; private init; }

    /// <summary>First day of the wider bounds: <see cref="From"/>, one unit of precision earlier under <c>~</c> or <c>%</c>. May lie in 1899.</summary>
    public DateOnly? FuzzyFrom { get; private init; }

    /// <summary>Last day of the wider bounds: <see cref="To"/>, one unit of precision later under <c>~</c> or <c>%</c>. May lie in 2101.</summary>
    public DateOnly? FuzzyTo { get; private init; }

    /// <summary>Parses an EDTF text. On failure <paramref name="error"/> names the mistake and lists the valid forms.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FuzzyDate? date, [NotNullWhen(false)] out string? error)
    {
        // This shortcut gives the result of the general parser.
        if (PlainDay(text) is { } day)
        {
            error = null;
            date = PlainDays[day.DayNumber - new DateOnly(FirstYear, 1, 1).DayNumber] ??= new(text) { From = day, To = day, FuzzyFrom = day, FuzzyTo = day };
            return true;
        }
        date = null;
        if (Read(text, out var span) is { } mistake)
        {
            error = $"{Shown(text)}: {mistake}. {Forms}";
            return false;
        }
        error = null;
        date = new FuzzyDate(text) { From = span.From, To = span.To, FuzzyFrom = span.FuzzyFrom, FuzzyTo = span.FuzzyTo };
        return true;
    }

    /// <summary>Parses an EDTF text that is known to be valid.</summary>
    /// <exception cref="FormatException">The text is not valid; the message names the mistake.</exception>
    public static FuzzyDate Parse(string text) => TryParse(text, out var date, out var error) ? date : throw new FormatException(error);

    /// <summary>A single day of the years 1900 to 2100.</summary>
    public static FuzzyDate On(DateOnly day) => Parse(Iso(day));

    /// <summary>On or before a day of the years 1900 to 2100: <c>../2024-12-31</c>.</summary>
    public static FuzzyDate OnOrBefore(DateOnly day) => Parse("../" + Iso(day));

    public bool Equals(FuzzyDate? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    /// <summary>The bounds of one form, or of an interval of two forms.</summary>
    readonly record struct Span(DateOnly? From, DateOnly? To, DateOnly? FuzzyFrom, DateOnly? FuzzyTo);

    /// <summary>Parses the text. Returns the mistake, or null on success.</summary>
    static string? Read(string text, out Span span)
    {
        span = default;
        if (text.Length == 0) return "no date";
        var parts = text.Split('/');
        if (parts.Length == 1) return text == ".." ? "an open end stands only in an interval" : ReadOne(text, out span);
        if (parts.Length > 2) return "an interval has one /";
        if (parts[0].Length == 0 || parts[1].Length == 0) return "an interval with an empty end (an open one is written '..')";
        if (parts is ["..", ".."]) return "an interval open at both ends says nothing";
        if (ReadEnd(parts[0], out var start) is { } first) return "start of the interval: " + first;
        if (ReadEnd(parts[1], out var end) is { } second) return "end of the interval: " + second;
        if (end.To < start.From) return "the interval ends before it starts";
        span = new Span(start.From, end.To, start.FuzzyFrom, end.FuzzyTo);
        return null;
    }

    static DateOnly? PlainDay(ReadOnlySpan<char> text) =>
        text is [_, _, _, _, '-', _, _, '-', _, _] && Number(text[..4]) is >= FirstYear and <= LastYear and var year
        && Number(text[5..7]) is >= 1 and <= 12 and var month && Number(text[8..]) is >= 1 and var day && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day) : null;

    static int? Number(ReadOnlySpan<char> digits) =>
        !digits.ContainsAnyExceptInRange('0', '9') && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static string? ReadEnd(string text, out Span span)
    {
        span = default;
        return text == ".." ? null : ReadOne(text, out span);
    }

    /// <summary>
    /// Parses one form: a year, month, day, season or quarter, perhaps with unspecified digits and a qualifier. Returns the mistake, or null on success.
    /// </summary>
    static string? ReadOne(string text, out Span span)
    {
        span = default;
        if (text.AsSpan().ContainsAny("T:tZ ")) return "not a calendar date; a time of day is not taken, nor are spaces";
        var approximate = text[^1] is '~' or '%';
        var parts = (text[^1] is '?' or '~' or '%' ? text[..^1] : text).Split('-');
        if (parts.Length > 3 || parts[0].Length != 4 || parts.Skip(1).Any(p => p.Length != 2) || !parts.All(OnlyDigits))
            return "not a date";
        if (!UnspecifiedOnlyAtTheEnd(parts)) return "X may only stand for the last digits";
        if (Digits(parts[0]) is not ( >= FirstYear, <= LastYear)) return OutOfRange;

        var (from, to, unit) = parts.Length switch
        {
            1 => Years(parts[0]),
            2 => Months(parts[0], parts[1]),
            _ => Days(parts[0], parts[1], parts[2]),
        };
        if (unit is null) return parts.Length == 3 ? "no such day" : "no such month, season (21 to 24) or quarter (33 to 36)";
        if (to.Year > LastYear) return OutOfRange;
        span = approximate ? new Span(from, to, unit(from, -1), unit(to.AddDays(1), 1).AddDays(-1)) : new Span(from, to, from, to);
        return null;
    }

    /// <summary>First and last day of a form. <c>Unit</c> moves a day by a number of units of the form's precision; null if there is no such date.</summary>
    readonly record struct Bounds(DateOnly From, DateOnly To, Func<DateOnly, int, DateOnly>? Unit)
    {
        public static Bounds None => default;
    }

    static Bounds Years(string year)
    {
        var (low, high) = Digits(year);
        return new Bounds(FirstOf(low, 1), LastOf(high, 12), static (day, n) => day.AddYears(n));
    }

    static Bounds Months(string year, string month)
    {
        var (low, high) = Digits(year);
        if (!month.Contains('X'))
        {
            // 21 to 24 are the seasons of the northern hemisphere. Each has three months, and winter ends in the next year. 33 to 36 are quarters.
            int? start = Digits(month).Low switch { >= 21 and <= 24 and var s => 3 * (s - 20), >= 33 and <= 36 and var q => 3 * (q - 33) + 1, _ => null };
            if (start is { } at) return new Bounds(FirstOf(low, at), FirstOf(high, at).AddMonths(3).AddDays(-1), static (day, n) => day.AddMonths(3 * n));
        }
        return Among(month, 12) is var (first, last)
            ? new Bounds(FirstOf(low, first), LastOf(high, last), static (day, n) => day.AddMonths(n))
            : Bounds.None;
    }

    static Bounds Days(string year, string month, string day)
    {
        var (low, high) = Digits(year);
        if (Among(month, 12) is not var (firstMonth, lastMonth)) return Bounds.None;
        var (from, to) = (FirstOf(low, firstMonth), LastOf(high, lastMonth));
        return Among(day, to.Day) is var (firstDay, lastDay)
            ? new Bounds(from.AddDays(firstDay - 1), to.AddDays(lastDay - to.Day), static (at, n) => at.AddDays(n))
            : Bounds.None;
    }

    /// <summary>
    /// The range of numbers from 1 to <paramref name="max"/> that two digits can be; null if there are none. <c>1X</c> with max 12 is 10 to 12.
    /// </summary>
    static (int First, int Last)? Among(string digits, int max)
    {
        var (low, high) = Digits(digits);
        (low, high) = (Math.Max(low, 1), Math.Min(high, max));
        return low <= high ? (low, high) : null;
    }

    static (int Low, int High) Digits(string digits) =>
        (int.Parse(digits.Replace('X', '0'), CultureInfo.InvariantCulture), int.Parse(digits.Replace('X', '9'), CultureInfo.InvariantCulture));

    static DateOnly FirstOf(int year, int month) => new(year, month, 1);

    static DateOnly LastOf(int year, int month) => new(year, month, DateTime.DaysInMonth(year, month));

    static bool OnlyDigits(string part) => part.All(c => char.IsAsciiDigit(c) || c == 'X');

    static bool UnspecifiedOnlyAtTheEnd(string[] parts)
    {
        var all = string.Concat(parts);
        return all.IndexOf('X') is var at && (at < 0 || all[at..].All(c => c == 'X'));
    }

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The text for an error message: at most 40 characters, with unprintable ones replaced.</summary>
    static string Shown(string text)
    {
        var runes = text.EnumerateRunes().Take(41).ToList();
        var printable = string.Concat(runes.Take(40).Select(r => IsPrintable(r) ? r.ToString() : "?"));
        return runes.Count > 40 ? $"'{printable}…'" : $"'{printable}'";
    }

    static bool IsPrintable(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
