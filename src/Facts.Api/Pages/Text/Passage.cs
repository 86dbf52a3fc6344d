using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Facts.Api.Pages;

/// <summary>A text with the words that were searched for marked.</summary>
internal static class Passage
{
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
