using System.Text.RegularExpressions;

namespace Facts.Api.Http;

/// <summary>Finds keys of this service in texts that are shown or logged.</summary>
internal static partial class SecretText
{
    public static bool HasKey(string? text) => text is not null && Key().IsMatch(text);

    /// <summary>The text with <c>fct_…</c> in place of each key.</summary>
    public static string Mask(string text) => Key().Replace(text, "fct_…");

    [GeneratedRegex("(?<![A-Za-z0-9_-])fct_[A-Za-z0-9_-]{16,}", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
