using System.Globalization;
using System.Text.RegularExpressions;

namespace Facts.Api.Http;

/// <summary>Values as texts, in the spelling of a query string, a CSV cell and a cursor.</summary>
internal static partial class WireValue
{
    static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    static readonly string[] InstantForms =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads a value of the type: string, long, decimal, bool, DateOnly or DateTimeOffset (UTC); null if the text is not of that type.</summary>
    public static object? Parse(string text, WireType type) => type.Kind switch
    {
        WireKind.Text => text,
        WireKind.Word => type.WordList.Contains(text, StringComparer.Ordinal) ? text : null,
        WireKind.Whole => long.TryParse(text, NumberStyles.AllowLeadingSign, Invariant, out var whole) ? whole : null,
        WireKind.Number => ExactNumber(text) is { } number ? number : null,
        WireKind.Flag => text switch { "true" => true, "false" => false, _ => null },
        WireKind.Day => DateOnly.TryParseExact(text, "yyyy-MM-dd", Invariant, DateTimeStyles.None, out var day) ? day : null,
        WireKind.Instant => Instant(text),
        _ => null,
    };

    /// <summary>The text that <see cref="Parse"/> reads back to the same value; null stays null.</summary>
    public static string? Format(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", Invariant),
        // To the microsecond, as the database stores it: the answer to a write shows the moment that a later read shows.
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", Invariant),
        decimal number => Json.Plain(number).ToString(Invariant),
        Enum word => EnumWords.Snake(word.ToString()),
        IFormattable number => number.ToString(null, Invariant),
        _ => value.ToString(),
    };

    /// <summary>A JSON number as a decimal. Null if a decimal cannot hold it exactly (1e400, thirty digits) or if it is minus zero.</summary>
    public static decimal? ExactNumber(string text)
    {
        // Most numbers have a few digits, which are always exact.
        if (text.Length is > 0 and < 10 && text[0] != '0' && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0) return int.Parse(text, Invariant);
        var match = NumberForm().Match(text);
        if (!match.Success || match.Groups["exp"].Value is var exp && exp.Length > 6) return null;
        var digits = (match.Groups["whole"].Value + match.Groups["part"].Value).TrimStart('0');
        if (digits.Length == 0) return text[0] == '-' ? null : 0;
        var significant = digits.TrimEnd('0');
        // The power of ten of the last digit that is not zero.
        var last = (exp.Length == 0 ? 0 : int.Parse(exp, Invariant)) - match.Groups["part"].Length + (digits.Length - significant.Length);
        if (significant.Length > 28 || last < -28 || significant.Length + last > 29) return null;
        return decimal.TryParse(text, NumberStyles.Float, Invariant, out var number) ? number : null;
    }

    static DateTimeOffset? Instant(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", Invariant, DateTimeStyles.None, out var day))
            return new DateTimeOffset(day.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero);
        // A plus sign of an offset that was not escaped arrives as a space.
        if (text.Length > 19 && text.LastIndexOf(' ') is var space and > 10) text = text[..space] + '+' + text[(space + 1)..];
        return DateTimeOffset.TryParseExact(text, InstantForms, Invariant, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant : null;
    }

    [GeneratedRegex(@"^-?(?<whole>0|[1-9][0-9]*)(\.(?<part>[0-9]+))?([eE](?<exp>[+-]?[0-9]+))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex NumberForm();
}
