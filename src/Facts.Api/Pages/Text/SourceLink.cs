using System.Text;

namespace Facts.Api.Pages;

/// <summary>The address of an article that opens it at a sentence, where its browser can.</summary>
internal static class SourceLink
{
    /// <summary>
    /// The address with a text fragment of the quote; null where the article has no address of its own. A front page is none: it shows other news tomorrow.
    /// </summary>
    public static string? To(string? url, string? quote)
    {
        if (!IsOwn(url)) return null;
        // Other words than those of the article are not found in it.
        if (string.IsNullOrWhiteSpace(quote) || Passage.Retold(quote) is not null || url!.Contains('#')) return url;
        var words = quote.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        // A long passage is named by its first and last words: a browser finds it even if a link or a picture stands inside.
        var text = words.Length <= 12 ? Escaped(words) : Escaped(words[..5]) + "," + Escaped(words[^5..]);
        return $"{url}#:~:text={text}";
    }

    /// <summary>True if the address is a web address of one article, not of a site.</summary>
    public static bool IsOwn(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.PathAndQuery.Trim('/').Length > 0;

    /// <summary>A link to a site may stand where the article's own address is not known.</summary>
    public static bool IsWeb(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";

    // A hyphen has a meaning of its own in a text fragment.
    static string Escaped(string[] words)
    {
        var text = new StringBuilder();
        foreach (var word in words) text.Append(text.Length == 0 ? "" : "%20").Append(Uri.EscapeDataString(word).Replace("-", "%2D", StringComparison.Ordinal));
        return text.ToString();
    }
}
