using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;

namespace Facts.Api.Claims;

/// <summary>Looks names up, and with <c>create_missing</c> makes what is not there. Stored only when the load is.</summary>
internal sealed class NameResolver(CatalogueIndex catalogue, bool createMissing)
{
    readonly List<(string Code, string Name)> _parties = [];
    readonly List<Item> _items = [];
    readonly SuggestionIndex _nearParties = new(catalogue.PartyNames), _nearItems = new(catalogue.ItemNames), _nearUnits = new(UnitsOf(catalogue));
    readonly HashSet<string> _units = [.. UnitsOf(catalogue)];

    /// <summary>Whether anything was made.</summary>
    public bool Any { get; private set; }

    /// <summary>Whether something was made that is not stored yet.</summary>
    public bool IsAnyNew => _parties.Count + _items.Count > 0;

    public string? Party(string name, Func<string, ProblemError> place, List<ProblemError> errors, bool mayMake)
    {
        if (catalogue.Party(name) is { } code) return code;
        if (createMissing && !mayMake) return null;
        if (createMissing)
        {
            // An acronym is its own code, as states have theirs: NATO.
            code = IsAcronym(name) ? name : CatalogueIndex.Slug(name, taken => catalogue.Party(taken) is not null);
            catalogue.AddParty(name, code);
            _parties.Add((code, name));
            Any = true;
            return code;
        }

        errors.Add(Unknown(place(Problems.UnknownParty.Code), "party", name, _nearParties));
        return null;
    }

    public Item? Item(string name, Func<string, ProblemError> place, List<ProblemError> errors, bool mayMake)
    {
        if (catalogue.Item(name) is { } item) return item;
        if (createMissing && !mayMake) return null;
        if (createMissing)
        {
            item = new Item(CatalogueIndex.Slug(name, taken => catalogue.Item(taken) is not null), name, null, null);
            catalogue.AddItem(item);
            _items.Add(item);
            Any = true;
            return item;
        }

        errors.Add(Unknown(place(Problems.UnknownItem.Code), "item", name, _nearItems));
        return null;
    }

    /// <summary>The trees in which items stand.</summary>
    public CodeSet Trees(CodeSet items) => catalogue.Tree.Trees(items);

    /// <summary>Which of the usual units and those of items was most likely meant by a unit that is none of them; null where it is one, or is like none.</summary>
    public string? SimilarUnit(string unit) => Unit.IsCurrency(unit) || _units.Contains(unit) ? null : _nearUnits.Find(unit).FirstOrDefault();

    static IEnumerable<string> UnitsOf(CatalogueIndex catalogue) => Unit.Usual.Concat(catalogue.Items.Select(i => i.Unit).OfType<string>());

    static bool IsAcronym(string name) => name.Length is > 1 and <= 10 && name.All(char.IsAsciiLetterUpper);

    static ProblemError Unknown(ProblemError error, string noun, string name, SuggestionIndex known)
    {
        var near = known.Find(name);
        return error with
        {
            Message = $"no {noun} has the code, name or alias '{name}'{(near.Count > 0 ? "; nearest: " + string.Join(", ", near) : "")}; create_missing=true would make it",
            Value = name,
            Suggestion = near.FirstOrDefault(),
        };
    }

    /// <summary>Stores what was made since the last time.</summary>
    public async Task StoreAsync(FactsContext database, ChangeRecord change, CancellationToken cancel)
    {
        await CatalogueStore.AddAsync(database, _parties, _items, cancel);
        foreach (var (code, _) in _parties) change.AddResource("parties", code, "created");
        foreach (var item in _items) change.AddResource("items", item.Code, "created");
        _parties.Clear();
        _items.Clear();
    }
}
