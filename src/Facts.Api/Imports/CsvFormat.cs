using System.Collections.Frozen;
using Facts.Api.Claims;

namespace Facts.Api.Imports;

/// <summary>The caller's word about the cells of a CSV file. Other formats have numbers and nulls of their own.</summary>
/// <param name="Decimal">The decimal sign of numbers; null if the caller does not say.</param>
/// <param name="Missing">Texts of cells that mean nothing; upper and lower case do not matter.</param>
internal sealed record CsvFormat(DecimalSign? Decimal, IReadOnlyList<string> Missing)
{
    /// <summary>Free texts, in which a word such as "None" may be what the source says.</summary>
    static readonly FrozenSet<string> FreeTexts =
        new[] { "quote", "quote_prefix", "quote_suffix", "note", "article_title", "quantity_text", "condition" }.ToFrozenSet(StringComparer.Ordinal);

    public static CsvFormat Default { get; } = new(null, []);

    /// <summary>
    /// True if commas separate the cells. Whoever writes a decimal comma separates cells by <c>;</c>, so a point in such a file is the decimal sign.
    /// </summary>
    public bool IsSeparatedByCommas { get; init; }

    /// <summary>True if this service wrote the file. An export has empty cells for missing values, so a text "None" is a text.</summary>
    public bool IsExport { get; init; }

    /// <summary>True if the cell is empty: it has nothing but blanks, or a text that the caller declares as missing.</summary>
    public bool IsEmpty(string cell) => string.IsNullOrWhiteSpace(cell) || Missing.Count > 0 && Missing.Contains(cell.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>True if the text probably means a missing value, in a column that is no free text.</summary>
    public bool LooksMissing(string column, string text) =>
        !IsExport && MissingWords.Contains(text) && !FreeTexts.Contains(column);
}
