namespace Facts;

/// <summary>How vague words are read; named, so that an answer can say which was used.</summary>
/// <param name="Name">As the caller gives it.</param>
/// <param name="AtLeast">The least each word means, by its plural (<c>dozens</c>). There is never an upper bound.</param>
public sealed record VaguePolicy(string Name, IReadOnlyDictionary<string, decimal> AtLeast)
{
    /// <summary>The default (DESIGN.md §3): the least that the word can mean.</summary>
    public static VaguePolicy Acled { get; } = new("acled", Words(tens: 10, dozens: 12, hundreds: 100));

    /// <summary>Takes the plural at its word: two of it at least.</summary>
    public static VaguePolicy Plural { get; } = new("plural", Words(tens: 20, dozens: 24, hundreds: 200));

    /// <summary>Reads no word: what is vague stays unspecified.</summary>
    public static VaguePolicy None { get; } = new("none", new Dictionary<string, decimal>());

    /// <summary>All there are, the default first.</summary>
    public static IReadOnlyList<VaguePolicy> All { get; } = [Acled, Plural, None];

    /// <summary>The policy of that name, ignoring case; null where there is none.</summary>
    public static VaguePolicy? Named(string name) => All.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// What the one known word of a text means; plural or singular ("several dozen"), ignoring case. Null where the text has no
    /// known word or two different ones.
    /// </summary>
    public Interval? Read(string? text)
    {
        if (text is null) return null;
        var words = new string([.. text.Select(c => char.IsLetter(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var known = AtLeast.Where(w => words.Any(word => Means(word, w.Key))).Take(2).ToList();
        return known is [var (_, least)] ? new Interval(least, null) : null;
    }

    static bool Means(string word, string plural) =>
        word.Equals(plural, StringComparison.OrdinalIgnoreCase) || word.Equals(plural[..^1], StringComparison.OrdinalIgnoreCase);

    static Dictionary<string, decimal> Words(decimal tens, decimal dozens, decimal hundreds) =>
        new(StringComparer.OrdinalIgnoreCase) { ["tens"] = tens, ["dozens"] = dozens, ["hundreds"] = hundreds };
}
