// Makes states.csv from the platform's region data: dotnet run make-states.cs > states.csv
// Run again when the data changes (it needs ICU, which the service itself does without); it is not part of the build of the service.
#:property InvariantGlobalization=false

using System.Globalization;
using System.Text;

// Names that changed after the region data was made.
var renamed = new Dictionary<string, string> { ["TUR"] = "Türkiye" };

// Common names that no region data has. All other names are derived below. Official names are in state-names.csv, by hand.
var wellKnown = new Dictionary<string, string[]>
{
    ["ARE"] = ["UAE"],
    ["CIV"] = ["Ivory Coast"],
    ["COD"] = ["DR Congo", "Democratic Republic of the Congo"],
    ["COG"] = ["Republic of the Congo"],
    ["CZE"] = ["Czech Republic"],
    ["GBR"] = ["UK", "Great Britain", "Britain"],
    ["KOR"] = ["Republic of Korea"],
    ["NLD"] = ["The Netherlands", "Holland"],
    ["RUS"] = ["Russian Federation"],
    ["TUR"] = ["Turkey", "Turkiye"],
    ["USA"] = ["United States of America", "America"],
};

// Only ISO 3166-1. Regions of the world have digits for codes; DG, EA and IC are only reserved; XK is a code for private use.
// Uninhabited regions have no culture, so they are listed by code.
var regions = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
    .Select(c => c.Name).Concat(["AQ", "BV", "GS", "HM", "TF"])
    .Select(name => new RegionInfo(name))
    .Where(r => r.TwoLetterISORegionName is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] and not ("DG" or "EA" or "IC" or "XK"))
    .GroupBy(r => r.ThreeLetterISORegionName, StringComparer.Ordinal)
    .OrderBy(g => g.Key, StringComparer.Ordinal)
    .Select(g => (Code: g.Key, Name: renamed.GetValueOrDefault(g.Key, g.First().EnglishName.Normalize()), Alpha2: g.First().TwoLetterISORegionName,
        Aliases: Distinct([g.First().TwoLetterISORegionName, .. wellKnown.GetValueOrDefault(g.Key, []), .. Variants(g.First().EnglishName),
            .. g.Select(r => r.NativeName).Order(StringComparer.Ordinal).SelectMany(n => (string[])[n.Normalize(), .. Variants(n)])])))
    .ToList();

// A code or a name belongs to its state alone; an alias that two states would share belongs to neither.
var fixedNames = regions.SelectMany(r => (string[])[r.Code, r.Name, r.Alpha2]).ToList();
if (Distinct(fixedNames).Count != fixedNames.Count) throw new InvalidOperationException("Two states share a code or a name.");
var shared = regions.SelectMany(r => r.Aliases).CountBy(a => a.ToUpperInvariant(), StringComparer.Ordinal)
    .Where(c => c.Value > 1).Select(c => c.Key).ToHashSet(StringComparer.Ordinal);

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
Console.Out.NewLine = "\n";
Console.WriteLine("code,name,aliases");
foreach (var (code, name, alpha2, aliases) in regions)
{
    var taken = fixedNames.Where(n => n != alpha2);
    var own = aliases.Where(a => !shared.Contains(a.ToUpperInvariant()) && !taken.Contains(a, StringComparer.OrdinalIgnoreCase));
    string[] cells = [code, name, string.Join(';', own)];
    if (cells.Any(c => c.AsSpan().ContainsAny(",\"\r\n")) || aliases.Any(a => a.Contains(';'))) throw new InvalidOperationException($"{code} needs quoting.");
    Console.WriteLine(string.Join(',', cells));
}

static List<string> Distinct(IEnumerable<string> names) =>
    [.. names.Where(n => n.Length > 0 && !n.Contains(',')).Distinct(StringComparer.OrdinalIgnoreCase)];

// Other ways to write a name: without marks on letters, "and" for "&", "Saint" for "St.", without what stands in brackets.
static IEnumerable<string> Variants(string name)
{
    var plain = WithoutMarks(name);
    yield return plain;
    yield return plain.Replace("&", "and", StringComparison.Ordinal);
    yield return plain.Replace("St. ", "Saint ", StringComparison.Ordinal).Replace("&", "and", StringComparison.Ordinal);
    if (plain.IndexOf(" (", StringComparison.Ordinal) is var at and > 0) yield return plain[..at];
}

// Latin letters only: elsewhere the marks are part of the letter.
static string WithoutMarks(string name)
{
    name = name.Replace('’', '\'').Normalize();
    if (name.Any(c => char.IsLetter(c) && c > 'ɏ')) return name;
    var letters = name.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark);
    return string.Concat(letters).Normalize();
}
