namespace Facts;

/// <summary>What is counted. Unlike units are never added, so that one unit must have one spelling.</summary>
public static class Unit
{
    static readonly Dictionary<string, string> Spellings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["systems"] = "system", ["batteries"] = "battery", ["launchers"] = "launcher", ["missiles"] = "missile",
        ["rounds"] = "round", ["vehicles"] = "vehicle", ["pieces"] = "piece",
    };

    /// <summary>
    /// The one spelling: currency codes (three letters, as ISO 4217 has them) in capitals, everything else in small letters, the plurals of
    /// the usual units as their singular. Any other word is a unit of its own.
    /// </summary>
    public static string Of(string text)
    {
        var word = text.Trim();
        if (word.Length == 3 && word.All(char.IsAsciiLetterUpper)) return word;
        return Spellings.TryGetValue(word, out var known) ? known : word.ToLowerInvariant();
    }
}
