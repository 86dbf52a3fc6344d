namespace Facts;

/// <summary>A rule that gives vague words a number. It has a name, so that an answer can say which rule it used.</summary>
/// <param name="Name">Name that the caller gives in <c>vague=</c>.</param>
/// <param name="AtLeast">The least number that each word means, by its plural (<c>dozens</c>). There is never an upper bound.</param>
public sealed record VaguePolicy(string Name, IReadOnlyDictionary<string, decimal> AtLeast)
{
    /// <summary>The default (docs/semantics.md#vague-words): the least that the word can mean. Dozens are 12 or more.</summary>
    public static VaguePolicy Acled { get; } = new("acled", Words(tens: 10, dozens: 12, hundreds: 100));

    /// <summary>At least two of the word: dozens are 24 or more.</summary>
    public static VaguePolicy Plural { get; } = new("plural", Words(tens: 20, dozens: 24, hundreds: 200));

    /// <summary>Reads no word: a vague quantity has no number.</summary>
    public static VaguePolicy None { get; } = new("none", new Dictionary<string, decimal>());

    /// <summary>All policies, the default first.</summary>
    public static IReadOnlyList<VaguePolicy> All { get; } = [Acled, Plural, None];

    /// <summary>The policy of that name; null if there is none. Upper and lower case do not matter.</summary>
    public static VaguePolicy? Named(string name) => All.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The number that the one known word of a text means. The word may be plural or singular ("several dozen"), in any case.
    /// Null if the text has no known word or two different ones.
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
