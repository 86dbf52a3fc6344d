using System.Globalization;

namespace Facts.Cli;

/// <summary>Formats an interval as people write it: <c>2</c>, <c>4–6</c>, <c>≥ 20</c>, <c>0–10</c>.</summary>
internal static class IntervalText
{
    /// <param name="low">The certain quantity; null if the measure has no value.</param>
    /// <param name="high">The possible quantity; null without an upper bound.</param>
    public static string Format(decimal? low, decimal? high) => (low, high) switch
    {
        (null, null) => "",
        (null, { } most) => "≤ " + Number(most),
        ({ } least, null) => "≥ " + Number(least),
        ({ } least, { } most) when least == most => Number(least),
        ({ } least, { } most) => $"{Number(least)}–{Number(most)}",
    };

    /// <summary>Formats a share, 0.25 as <c>25 %</c>.</summary>
    public static string Percent(decimal? low, decimal? high) => Format(low * 100, high * 100) is { Length: > 0 } text ? text + " %" : "";

    static string Number(decimal number) => number.ToString("#,0.####", CultureInfo.InvariantCulture);
}
