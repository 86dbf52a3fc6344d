using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AnyAscii;

namespace Facts.Api.Claims;

/// <summary>Codes for parties and items that an import creates.</summary>
internal static class NewCode
{
    /// <summary>The longest code that the catalogue accepts.</summary>
    const int Longest = 100;

    /// <summary>
    /// Makes a code for a new name: its words in small ASCII letters and digits, joined by hyphens. Letters of other scripts are transliterated.
    /// <c>IRIS-T SLM</c> is <c>iris-t-slm</c>, <c>Łódź</c> is <c>lodz</c>, <c>Київ</c> is <c>kiiv</c>. If the code is taken, it ends with a hash of the
    /// name, which is equal in every store: <c>iris-t-slm-9c1f</c>. So the code depends on the order of rows only for names that are spelled alike.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="noun">The word that stands for a name without letters: <c>party</c> or <c>item</c>.</param>
    /// <param name="isTaken">True for a code that the catalogue has already.</param>
    public static string From(string name, string noun, Func<string, bool> isTaken)
    {
        var words = new StringBuilder();
        foreach (var rune in name.Trim().Normalize().EnumerateRunes())
            if (Rune.IsLetterOrDigit(rune)) words.Append(Ascii(rune));
            else if (words.Length > 0 && words[^1] != '-' && Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark) words.Append('-');
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CatalogueIndex.Key(name))));
        var slug = words.ToString().Trim('-') is { Length: > 0 } text ? text : $"{noun}-{hash[..8]}";
        var code = Cut(slug, Longest);
        for (var length = 4; isTaken(code); length++) code = $"{Cut(slug, Longest - 1 - length)}-{hash[..length]}";
        return code;
    }

    /// <summary>A letter or digit in small ASCII letters and digits, perhaps several or none: <c>ß</c> is <c>ss</c>.</summary>
    static string Ascii(Rune rune) => string.Concat(rune.ToString().Transliterate().ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));

    static string Cut(string slug, int length) => slug.Length <= length ? slug : slug[..length].TrimEnd('-');
}
