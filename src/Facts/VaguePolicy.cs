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

    /// <summary>The number that the known plural of a text means; null if the text has none, or if the policy reads no word.</summary>
    public Interval? Read(string? text) =>
        KnownPlural(text) is { } word && AtLeast.TryGetValue(word, out var least) ? new Interval(least, null) : null;

    /// <summary>
    /// The plural of a text that says it by itself (docs/semantics.md#vague-words): <c>dozens</c>, or <c>hundreds of launchers</c>. Null for a singular,
    /// for an unknown word, and for a text with a word that bounds or scales the plural, such as <c>tens of thousands</c>. Upper and lower case do not
    /// matter.
    /// </summary>
    public static string? KnownPlural(string? text)
    {
        if (text is null) return null;
        var words = new string([.. text.Select(c => char.IsLetter(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var plural, .. var rest] || !Acled.AtLeast.ContainsKey(plural)) return null;
        return rest is [] || rest is ["of", _, ..] && !rest.Any(Bounds.Contains) ? plural : null;
    }

    /// <summary>Words after which a plural does not mean its own number: they bound it, multiply it or deny it.</summary>
    static readonly HashSet<string> Bounds =
    [
        "half", "quarter", "third", "part", "fewer", "less", "under", "below", "nearly", "almost", "barely", "hardly", "up", "most", "maximum", "least", "over",
        "above", "more", "than", "not", "no", "none", "without", "never", "several", "few", "some", "many", "or", "if", "ten", "tens", "dozen", "dozens",
        "score", "scores", "hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion", "billions", "trillion", "trillions",
    ];

    static Dictionary<string, decimal> Words(decimal tens, decimal dozens, decimal hundreds) =>
        new(StringComparer.OrdinalIgnoreCase) { ["tens"] = tens, ["dozens"] = dozens, ["hundreds"] = hundreds };
}
