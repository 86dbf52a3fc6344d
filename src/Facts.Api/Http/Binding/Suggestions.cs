namespace Facts.Api.Http;

/// <summary>Suggestions for unknown parameters, members, words and codes.</summary>
internal static class Suggestions
{
    /// <summary>The candidate nearest to the word; null if none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates) => new SuggestionIndex(candidates).Find(word).FirstOrDefault();

    /// <summary>The end of an error message: <c>; did you mean 'donor'?</c>, or an empty text.</summary>
    public static string Hint(string? suggestion) => suggestion is null ? "" : $"; did you mean '{suggestion}'?";
}
