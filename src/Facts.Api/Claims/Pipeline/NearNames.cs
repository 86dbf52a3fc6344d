using System.Text.RegularExpressions;
using AnyAscii;
using Facts.Api.Http;

namespace Facts.Api.Claims;

/// <summary>
/// Finds known names that a new name may be meant for: names that differ by a letter or two, by marks, spaces or signs only, and known names inside it.
/// </summary>
/// <param name="known">Every known name with its code.</param>
/// <param name="codeOf">The code of a known name; null of an unknown one.</param>
internal sealed partial class NearNames(IEnumerable<(string Name, string Code)> known, Func<string, string?> codeOf)
{
    // Each new name is compared with every known one, so a file with more new names would take minutes.
    const int MaxCompared = 1_000;

    const int Longest = 64;

    readonly List<(string Name, string Code)> _added = [];
    Dictionary<(string Digits, int Length), List<(string Name, string Code, string Plain)>>? _known;
    int _compared;

    /// <summary>A sentence about a new name that looks mistaken, with the known name that may be meant; null if it looks right. Adds the name.</summary>
    public (string Message, string? Suggestion)? Find(string name, string code)
    {
        var found = Inside(name) ?? Near(name);
        _added.Add((name, code));
        if (_known is not null) AddTo(_known, (name, code));
        return found;
    }

    /// <summary>Two or more known names in one text: "Germany and Denmark".</summary>
    (string, string?)? Inside(string name)
    {
        var parts = Separator().Split(name).Select(part => part.Trim()).Where(part => part.Length > 1).ToList();
        var codes = parts.Select(codeOf).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (codes.Count < 2) return null;
        var knownParts = parts.Where(part => codeOf(part) is not null);
        return ($"holds known names, {string.Join(" and ", knownParts)}: give them as several values ({string.Join(';', codes)})", null);
    }

    (string, string?)? Near(string name)
    {
        if (name.Length > Longest || _compared++ >= MaxCompared) return null;
        if (_known is null)
        {
            _known = new();
            foreach (var one in known.Concat(_added).Where(n => n.Name.Length is > 2 and <= Longest)) AddTo(_known, one);
        }
        var (plain, digits) = Plain(name);
        // Short words are near to many others.
        var most = plain.Length switch { < 4 => 0, < 8 => 1, _ => 2 };
        // Only names with equal digits are near: "Leopard 1" and "Leopard 2" are two things.
        var nearest = Enumerable.Range(plain.Length - most, 2 * most + 1).SelectMany(length => _known.GetValueOrDefault((digits, length), []))
            .Select(k => (k.Name, k.Code, Distance: SuggestionIndex.Distance(plain, k.Plain, most)))
            .Where(k => k.Distance is not null)
            .OrderBy(k => k.Distance).ThenBy(k => k.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest.Name is null ? null : ($"is near to {nearest.Name} ({nearest.Code}), which is known", nearest.Name);
    }

    static void AddTo(Dictionary<(string, int), List<(string, string, string)>> names, (string Name, string Code) one)
    {
        var (plain, digits) = Plain(one.Name);
        if (!names.TryGetValue((digits, plain.Length), out var alike)) names[(digits, plain.Length)] = alike = [];
        alike.Add((one.Name, one.Code, plain));
    }

    /// <summary>The letters of a name without marks, in small ASCII, and its digits.</summary>
    static (string Letters, string Digits) Plain(string name)
    {
        var ascii = name.Normalize().Transliterate().ToLowerInvariant();
        return (string.Concat(ascii.Where(char.IsAsciiLetterLower)), string.Concat(ascii.Where(char.IsAsciiDigit)));
    }

    [GeneratedRegex(@"\s*[;,/|+&]\s*|\s+(?:and|or|with|und|oder|et|ou|y|i|та|і|и)\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Separator();
}
