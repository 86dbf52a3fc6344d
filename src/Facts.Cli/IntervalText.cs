using System.Globalization;

namespace Facts.Cli;

/// <summary>An interval as a person writes it: <c>2</c>, <c>4–6</c>, <c>≥ 20</c>, <c>0–10</c>.</summary>
internal static class IntervalText
{
    /// <param name="low">What is certain; null where the measure says nothing here.</param>
    /// <param name="high">What is possible; null where there is no upper bound.</param>
    public static string Format(decimal? low, decimal? high) => (low, high) switch
    {
        (null, null) => "",
        (null, { } most) => "≤ " + Number(most),
        ({ } least, null) => "≥ " + Number(least),
        ({ } least, { } most) when least == most => Number(least),
        ({ } least, { } most) => $"{Number(least)}–{Number(most)}",
    };

    /// <summary>A share between 0 and 1, in hundredths.</summary>
    public static string Percent(decimal? low, decimal? high) => Format(low * 100, high * 100) is { Length: > 0 } text ? text + " %" : "";

    static string Number(decimal number) => number.ToString("#,0.####", CultureInfo.InvariantCulture);
}
