namespace Facts.Api.Http;

/// <summary>What somebody most likely meant: for unknown parameters, members, words and codes alike.</summary>
internal static class Suggestions
{
    /// <summary>The candidate nearest to the word, or null where none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates) => new SuggestionIndex(candidates).Find(word).FirstOrDefault();

    /// <summary>A sentence's end: <c>; did you mean 'donor'?</c>, or nothing.</summary>
    public static string Hint(string? suggestion) => suggestion is null ? "" : $"; did you mean '{suggestion}'?";
}
