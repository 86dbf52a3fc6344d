using System.Text.RegularExpressions;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>
/// Reads a number of a CSV cell. Half of the world writes 1,500.25 and half of it 1.500,25. So in a file separated by <c>;</c>, <c>1.500</c> is one and a
/// half or fifteen hundred, and is refused until the caller says which.
/// </summary>
internal static partial class CsvNumber
{
    /// <summary>Reads a number.</summary>
    /// <param name="text">The cell, trimmed.</param>
    /// <param name="format">The decimal sign and the separator of the file. If the caller does not say the sign, only numbers with one reading, and without
    /// thousands separators, are read.</param>
    /// <returns>The number; or null and the error's message, which names the option that would help.</returns>
    public static (decimal? Number, string Complaint) Read(string text, CsvFormat format)
    {
        // Most numbers have neither sign.
        if (text.AsSpan().IndexOfAny('.', ',') < 0 && WireValue.ExactNumber(text) is { } whole) return (whole, "");
        if (format.Decimal is { } known)
            return Read(text, known) is { } read ? (read, "")
                : (null, $"a number such as {Example(known)} is expected, since decimal={EnumWords.ToWord(known)}, of no more digits than can be kept");
        if (format.IsSeparatedByCommas && WireValue.ExactNumber(text) is { } ofPoint) return (ofPoint, "");
        var (point, comma) = (Read(text, DecimalSign.Point), Read(text, DecimalSign.Comma));
        if (point is { } a && comma is { } b && a != b)
            return (null, $"'{text}' can be {WireValue.Format(a)} or {WireValue.Format(b)}; decimal=point reads it as {WireValue.Format(a)}, "
                + $"decimal=comma as {WireValue.Format(b)}");
        if (WireValue.ExactNumber(text) is { } plain) return (plain, "");
        const string expected = "a number such as 12.5 is expected, of no more digits than can be kept";
        // Blanks and apostrophes separate thousands in both conventions.
        var option = (point, comma) switch
        {
            ({ }, null) => "decimal=point",
            (null, { }) => "decimal=comma",
            _ => "decimal=point or decimal=comma",
        };
        return (null, (point ?? comma) is { } number ? $"{expected}; {option} reads it as {WireValue.Format(number)}" : expected);
    }

    /// <summary>True if the text is a number in either convention.</summary>
    public static bool IsNumber(string text) => Read(text, DecimalSign.Point) is not null || Read(text, DecimalSign.Comma) is not null;

    static decimal? Read(string text, DecimalSign sign)
    {
        var match = (sign == DecimalSign.Point ? WithPoint() : WithComma()).Match(text);
        if (!match.Success) return null;
        var whole = string.Concat(match.Groups["whole"].Value.Where(char.IsAsciiDigit));
        var part = match.Groups["part"] is { Success: true, Value: var digits } ? "." + digits : "";
        return WireValue.ExactNumber(match.Groups["minus"].Value + whole + part + match.Groups["exp"].Value);
    }

    static string Example(DecimalSign sign) => sign == DecimalSign.Point ? "1,500.25" : "1.500,25";

    // One separator for all thousands of a number. No thousands begin with a zero: 0.125 has one reading.
    [GeneratedRegex(@"^(?<minus>-?)(?<whole>[0-9]+|[1-9][0-9]{0,2}(?<separator>[, \u00A0\u202F'\u2019])[0-9]{3}(\k<separator>[0-9]{3})*)"
        + @"(\.(?<part>[0-9]+))?(?<exp>[eE][+-]?[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex WithPoint();

    [GeneratedRegex(@"^(?<minus>-?)(?<whole>[0-9]+|[1-9][0-9]{0,2}(?<separator>[. \u00A0\u202F'\u2019])[0-9]{3}(\k<separator>[0-9]{3})*)"
        + @"(,(?<part>[0-9]+))?(?<exp>[eE][+-]?[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex WithComma();
}
