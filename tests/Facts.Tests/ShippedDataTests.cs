using System.Text.Json;

namespace Facts.Tests;

/// <summary>The catalogue and the sample of the service, read from their files in the repository.</summary>
public sealed class ShippedDataTests
{
    static readonly List<JsonElement> _items = Lines("Catalogue/items.ndjson");
    static readonly List<JsonElement> _parties = Lines("Catalogue/parties.ndjson");
    static readonly List<JsonElement> _sample = Lines("Imports/sample.ndjson");
    static readonly List<string[]> _states = [.. File.ReadLines(PathOf("Catalogue/states.csv")).Skip(1).Select(l => l.Split(','))];
    static readonly List<string[]> _names = [.. File.ReadLines(PathOf("Catalogue/state-names.csv")).Skip(1).Select(l => l.Split(',', 2))];

    [Fact]
    public void A_code_a_name_or_an_alias_means_one_party()
    {
        var more = _names.ToLookup(n => n[0], n => n[1].Split(';'));
        var states = _states.Select(s => (string[])[s[0], s[1], .. s[2].Split(';'), .. more[s[0]].SelectMany(n => n)]);
        AssertUnambiguous(states.Concat(_parties.Select(NamesOf)));
    }

    [Fact]
    public void A_code_a_name_or_an_alias_means_one_item() => AssertUnambiguous(_items.Select(NamesOf));

    [Fact]
    public void Every_further_name_belongs_to_a_known_state_and_is_new()
    {
        var known = _states.ToDictionary(s => s[0], s => s.Concat(s[2].Split(';')).Select(CatalogueIndex.Key).ToHashSet());
        Assert.All(_names, line => Assert.All(line[1].Split(';'), name => Assert.DoesNotContain(CatalogueIndex.Key(name), known[line[0]])));
        Assert.Equal(_names.Select(n => n[0]).Distinct().Order(StringComparer.Ordinal), _names.Select(n => n[0]));
    }

    [Fact]
    public void Every_state_has_three_letters_and_two_among_its_aliases() =>
        Assert.All(_states, s => Assert.True(s is [{ Length: 3 }, { Length: > 2 }, var aliases] && aliases.Split(';')[0].Length == 2, string.Join(',', s)));

    [Fact]
    public void An_item_stands_below_one_that_is_named_before_it()
    {
        var before = new HashSet<string>();
        foreach (var item in _items)
        {
            Assert.True(Text(item, "parent") is not { } parent || before.Contains(parent), Text(item, "code"));
            before.Add(Text(item, "code")!);
        }
    }

    [Theory]
    [InlineData("air defence", "air-defence"), InlineData("Patriot", "patriot"), InlineData("NASAMS", "nasams")]
    [InlineData("HAWK", "hawk"), InlineData("IRIS-T", "iris-t"), InlineData("money", "money")]
    public void Items_of_the_first_article_are_found_by_name(string name, string code) =>
        Assert.Equal(code, Text(_items.Single(i => NamesOf(i).Contains(name)), "code"));

    [Fact]
    public void Every_claim_of_the_sample_has_its_own_id() =>
        Assert.Equal(_sample.Count, _sample.Select(c => Text(c, "external_id")).Distinct().Count());

    [Fact]
    public void The_sample_uses_catalogue_codes_only()
    {
        var known = _states.Select(s => s[0]).Concat(_parties.Concat(_items).Select(p => Text(p, "code"))).ToHashSet();
        Assert.All(_sample.SelectMany(c => Texts(c, "donors").Concat(Texts(c, "items")).Append(Text(c, "recipient")!)), code => Assert.Contains(code, known));
    }

    [Fact]
    public void Every_date_of_the_sample_can_be_read() =>
        Assert.All(from claim in _sample
                   from field in (string[])["article_published_on", "stated_on", "happened_on", "due_on"]
                   select Text(claim, field) into date
                   where date is not null
                   select date,
            date => Assert.True(FuzzyDate.TryParse(date, out _, out var error), error));

    [Fact]
    public void Every_number_of_the_sample_agrees_with_its_qualifier() => Assert.All(_sample, claim =>
    {
        QuantityQualifier? qualifier = Text(claim, "quantity_qualifier") is { } word
            ? Enum.Parse<QuantityQualifier>(word.Replace("_", ""), ignoreCase: true)
            : null;
        var accepted = Quantity.TryCreate(qualifier, Number(claim, "quantity_low"), Number(claim, "quantity_high"), Text(claim, "quantity_text"),
            mayBeNegative: false, out _, out var errors);
        Assert.True(accepted, $"{Text(claim, "external_id")}: {string.Join("; ", errors)}");
    });

    [Fact]
    public void Every_larger_commitment_named_in_the_sample_is_in_it()
    {
        var keys = _sample.Select(c => Text(c, "commitment")).ToHashSet();
        Assert.All(_sample.Select(c => Text(c, "part_of")).OfType<string>(), whole => Assert.Contains(whole, keys));
    }

    static void AssertUnambiguous(IEnumerable<string[]> names)
    {
        var shared = names.SelectMany(n => n.Select(CatalogueIndex.Key).Distinct()).CountBy(n => n).Where(n => n.Value > 1);
        Assert.Empty(shared.Select(n => n.Key));
    }

    static string[] NamesOf(JsonElement entry) => [Text(entry, "code")!, Text(entry, "name")!, .. Texts(entry, "aliases")];

    static string? Text(JsonElement line, string member) => line.TryGetProperty(member, out var value) ? value.GetString() : null;

    static decimal? Number(JsonElement line, string member) => line.TryGetProperty(member, out var value) ? value.GetDecimal() : null;

    static IEnumerable<string> Texts(JsonElement line, string member) =>
        line.TryGetProperty(member, out var values) ? values.EnumerateArray().Select(v => v.GetString()!) : [];

    static List<JsonElement> Lines(string path) => [.. File.ReadLines(PathOf(path)).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    static string PathOf(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Facts.sln"))) folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("Not inside the repository."), "src", "Facts.Api", path);
    }
}
