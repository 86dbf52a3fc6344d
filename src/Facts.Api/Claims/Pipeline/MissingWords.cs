using System.Collections.Frozen;

namespace Facts.Api.Claims;

/// <summary>Texts that tools write for a missing value, and that are rarely meant as texts.</summary>
internal static class MissingWords
{
    static readonly FrozenSet<string> Words = new[] { "NA", "N/A", "nan", "NULL", "None", "#N/A" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True if the text is such a word, in upper or lower case. <c>NA</c> is also an alias of Namibia.</summary>
    public static bool Contains(string text) => text.Length <= 8 && Words.Contains(text.Trim());
}
