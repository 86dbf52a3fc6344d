using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Facts.Api.Pages;

/// <summary>Passages of articles: their exact words, or other words in square brackets.</summary>
internal static class Passage
{
    /// <summary>The text of a passage that the source says in other words; null for the exact words of a source.</summary>
    public static string? Retold(string passage) =>
        passage.StartsWith('[') && passage.IndexOf(']') == passage.Length - 1 ? passage[1..^1] : null;

    /// <summary>The text, each searched word within <c>mark</c>. Words are compared as the full-text search does: whole, and without case.</summary>
    public static RenderFragment Marked(string text, string? q) => builder =>
    {
        var words = Words(q ?? "").Select(w => (q ?? "").Substring(w.Start, w.Length)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var at = 0;
        foreach (var (start, length) in words.Count == 0 ? [] : Words(text))
        {
            if (!words.Contains(text.Substring(start, length))) continue;
            builder.AddContent(0, text[at..start]);
            Mark(builder, text.Substring(start, length));
            at = start + length;
        }
        builder.AddContent(4, text[at..]);
    };

    static void Mark(RenderTreeBuilder builder, string word)
    {
        builder.OpenElement(1, "mark");
        builder.AddContent(2, word);
        builder.CloseElement();
    }

    static IEnumerable<(int Start, int Length)> Words(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            while (at < text.Length && char.IsLetterOrDigit(text[at])) at++;
            if (at > start) yield return (start, at - start);
            else at++;
        }
    }
}
