using System.Diagnostics.CodeAnalysis;

namespace Facts;

/// <summary>A calendar date as it is known: an EDTF text and the days it can be (DESIGN.md §4).</summary>
public sealed record FuzzyDate
{
    FuzzyDate(string text) => Text = text;

    /// <summary>The EDTF text as given.</summary>
    public string Text { get; }

    /// <summary>First day it can be, inclusive; null where the start is open.</summary>
    public DateOnly? From { get; private init; }

    /// <summary>Last day it can be, inclusive; null where the end is open.</summary>
    public DateOnly? To { get; private init; }

    /// <summary>As <see cref="From"/>, one unit of precision earlier under <c>~</c> or <c>%</c>.</summary>
    public DateOnly? FuzzyFrom { get; private init; }

    /// <summary>As <see cref="To"/>, one unit of precision later under <c>~</c> or <c>%</c>.</summary>
    public DateOnly? FuzzyTo { get; private init; }

    /// <summary>Reads an EDTF text. On failure <paramref name="error"/> says what is wrong and shows valid forms.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FuzzyDate? date, [NotNullWhen(false)] out string? error) =>
        throw new NotSupportedException("replaced in the next commit");

    /// <summary>As <see cref="TryParse"/>, for texts known to be right; throws FormatException.</summary>
    public static FuzzyDate Parse(string text) => TryParse(text, out var date, out var error) ? date : throw new FormatException(error);

    /// <summary>A single day.</summary>
    public static FuzzyDate On(DateOnly day) => Parse(day.ToString("yyyy-MM-dd"));

    /// <summary>On or before a day: <c>../2024-12-31</c>.</summary>
    public static FuzzyDate OnOrBefore(DateOnly day) => Parse("../" + day.ToString("yyyy-MM-dd"));

    public override string ToString() => Text;
}
