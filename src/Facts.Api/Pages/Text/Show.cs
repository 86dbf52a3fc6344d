using System.Globalization;
using Facts.Api.Http;

namespace Facts.Api.Pages;

/// <summary>Numbers, days and words as readers see them. Unknown is a word and never 0.</summary>
internal static class Show
{
    public const string Unknown = "unknown";

    /// <summary>In place of a number of facts that the conditions leave out.</summary>
    public const string NotCounted = "not counted";

    static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>A number with separated thousands: 1,200.5. Beyond a million in words: 3.2 million.</summary>
    public static string Number(decimal number) => Math.Abs(number) switch
    {
        >= 1_000_000_000_000 => Scaled(number, 1_000_000_000_000, "trillion"),
        >= 1_000_000_000 => Scaled(number, 1_000_000_000, "billion"),
        >= 1_000_000 => Scaled(number, 1_000_000, "million"),
        _ => number.ToString("#,##0.####", English),
    };

    /// <summary>All digits of a number.</summary>
    public static string Exact(decimal number) => number.ToString("#,##0.####", English);

    static string Scaled(decimal number, decimal by, string word)
    {
        var scaled = number / by;
        var rounded = Math.Round(scaled, 3);
        return $"{(rounded == scaled ? "" : "about ")}{rounded.ToString("#,##0.###", English)} {word}";
    }

    /// <summary>The certain and the possible number: <c>2</c>, <c>2–4</c>, <c>up to 4</c>, <c>at least 2</c>, <c>unknown</c>.</summary>
    public static string Interval(decimal? low, decimal? high) => (low, high) switch
    {
        (null, null) => Unknown,
        (null or 0, null) => "0 or more",
        ({ } l, null) => "at least " + Number(l),
        ({ } l, { } h) when l == h => Number(l),
        (null or 0, { } h) => "up to " + Number(h),
        ({ } l, { } h) => Number(l) + "–" + Number(h),
    };

    public static string Interval(Interval? interval) => interval is { } i ? Interval(i.Low, i.High) : Unknown;

    /// <summary>A number with its unit in the plural where it is not one.</summary>
    public static string Amount(decimal? low, decimal? high, string? unit) =>
        low is null && high is null ? "an unknown number of " + Units(unit, 2) : $"{Interval(low, high)} {Units(unit, high ?? low ?? 2)}".TrimEnd();

    /// <summary>The unit after a number. A currency has no plural.</summary>
    public static string Units(string? unit, decimal number) => unit switch
    {
        null => "",
        _ when number == 1 || unit.Length == 0 || char.IsUpper(unit[0]) || unit[^1] == 's' => unit,
        [.., var before, 'y'] when before is not ('a' or 'e' or 'o' or 'u') => unit[..^1] + "ies",
        _ => unit + "s",
    };

    public static string Many(long count, string one, string? more = null) => $"{count.ToString("#,##0", English)} {(count == 1 ? one : more ?? one + "s")}";

    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", English);

    public static string Short(DateOnly day) => day.ToString("d MMM yyyy", English);

    public static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("d MMMM yyyy, HH:mm", English) + " UTC";

    /// <summary>An EDTF date in words: <c>../2024-12-31</c> is "by 31 Dec 2024".</summary>
    public static string Date(string? text) => text is null ? "" : FuzzyDate.Parse(text).InWords("d MMM yyyy");

    /// <summary>A word of the interface for readers: <c>at_least</c> is "at least".</summary>
    public static string Word(string? word) => word?.Replace('_', ' ') ?? "";

    public static string Word<TEnum>(TEnum word) where TEnum : struct, Enum => Word(EnumWords.ToWord(word));

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    public static string Percent(decimal share) => Math.Round(share * 100).ToString("0", English) + " %";
}
