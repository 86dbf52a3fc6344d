namespace Facts.Api.Http;

/// <summary>Text as it is stored and as it is compared.</summary>
internal static class WireText
{
    /// <summary>The text in Unicode form NFC, for lookups; stored text stays as it was sent. Text with half a surrogate pair is not changed.</summary>
    public static string Normalize(string text) => IsUnicode(text) ? Nfc.Normalize(text) : text;

    /// <summary>The error of a text that cannot be stored, without its place; null if it can be stored.</summary>
    public static ProblemError? Complaint(string text) =>
        text.Contains('\0') ? ProblemError.InBody(Problems.InvalidText, null, "the text holds U+0000, which cannot be stored")
        : !IsUnicode(text) ? ProblemError.InBody(Problems.InvalidText, null, "the text holds half a surrogate pair, which is no character")
        : string.IsNullOrWhiteSpace(text) ? ProblemError.InBody(Problems.Blank, null, "the text is empty; leave it out, or give null", text)
        : null;

    /// <summary>True if every surrogate has its other half.</summary>
    public static bool IsUnicode(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return false;
            i++;
        }
        return true;
    }
}
