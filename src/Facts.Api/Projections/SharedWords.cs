namespace Facts.Api.Projections;

/// <summary>One object for equal words and code sets. Very many claims that are read at once have few different ones.</summary>
internal sealed class SharedWords
{
    readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);
    readonly Dictionary<string, CodeSet> _codes = new(StringComparer.Ordinal);

    public string? Of(string? word)
    {
        if (word is null) return null;
        return _words.TryGetValue(word, out var known) ? known : _words[word] = word;
    }

    public CodeSet Of(string[] codes)
    {
        if (codes is not [var code]) return CodeSet.From(codes);
        if (!_codes.TryGetValue(code, out var known)) _codes[code] = known = CodeSet.From(codes);
        return known;
    }
}
