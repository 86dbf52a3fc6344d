using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;

namespace Facts.Api.Claims;

/// <summary>Looks names up in the catalogue. With <c>create_missing</c> it creates the party or item of an unknown name.</summary>
internal sealed class NameResolver(CatalogueIndex catalogue, CreateMissing create)
{
    /// <summary>Unknown units that are compared with each other. A file with more of them has no spelling to keep to.</summary>
    const int MaxNewUnits = 1_000;

    readonly bool _createsParties = create is CreateMissing.True or CreateMissing.Parties, _createsItems = create is CreateMissing.True or CreateMissing.Items;
    readonly List<(string Code, string Name)> _parties = [];
    readonly List<Item> _items = [];
    readonly List<CreatedName> _listedParties = [], _listedItems = [];
    readonly NearNames _partiesNearNew = new(catalogue.Parties, catalogue.Party), _itemsNearNew = new(catalogue.NamedItems, n => catalogue.Item(n)?.Code);
    readonly List<ProblemError> _warnings = [];
    readonly Dictionary<string, string?> _newUnits = new(StringComparer.Ordinal);
    int _partyCount, _itemCount;
    readonly SuggestionIndex _nearParties = new(catalogue.PartyNames), _nearItems = new(catalogue.ItemNames), _nearUnits = new(UnitsOf(catalogue));
    readonly HashSet<string> _units = [.. UnitsOf(catalogue)];

    /// <summary>True if any party or item was created.</summary>
    public bool Any => _partyCount + _itemCount > 0;

    /// <summary>The parties and items created so far, also those of earlier batches.</summary>
    public CreatedNames Created => new(_partyCount, _listedParties, _itemCount, _listedItems);

    /// <summary>True if a party or item was created that is not stored yet.</summary>
    public bool IsAnyNew => _parties.Count + _items.Count > 0;

    /// <summary>The code of a party; null if there is none.</summary>
    /// <param name="name">Its code, name or alias.</param>
    /// <param name="place">Makes an error at the member that has the name.</param>
    /// <param name="errors">Gets the error of an unknown name.</param>
    /// <param name="mayCreate">False for a refused row, which creates nothing.</param>
    public string? Party(string name, Func<string, ProblemError> place, List<ProblemError> errors, bool mayCreate)
    {
        if (catalogue.Party(name) is { } code) return code;
        if (_createsParties && !mayCreate) return null;
        if (_createsParties)
        {
            // An acronym such as ECHO is its own code.
            code = IsAcronym(name) ? name : NewCode.From(name, "party", taken => catalogue.Party(taken) is not null);
            if (_partiesNearNew.Find(name, code) is { } hint) Warn(place(Problems.UnknownParty.Code), "party", name, code, hint);
            catalogue.AddParty(name, code);
            _parties.Add((code, name));
            if (_partyCount++ < CreatedNames.MaxListed) _listedParties.Add(new(code, name));
            return code;
        }

        errors.Add(Unknown(place(Problems.UnknownParty.Code), "party", name, _nearParties));
        return null;
    }

    /// <summary>An item; null if there is none. See <see cref="Party"/>.</summary>
    public Item? Item(string name, Func<string, ProblemError> place, List<ProblemError> errors, bool mayCreate)
    {
        if (catalogue.Item(name) is { } item) return item;
        if (_createsItems && !mayCreate) return null;
        if (_createsItems)
        {
            item = new Item(NewCode.From(name, "item", taken => catalogue.Item(taken) is not null), name, null, null);
            if (_itemsNearNew.Find(name, item.Code) is { } hint) Warn(place(Problems.UnknownItem.Code), "item", name, item.Code, hint);
            catalogue.AddItem(item);
            _items.Add(item);
            if (_itemCount++ < CreatedNames.MaxListed) _listedItems.Add(new(item.Code, name));
            return item;
        }

        errors.Add(Unknown(place(Problems.UnknownItem.Code), "item", name, _nearItems));
        return null;
    }

    /// <summary>The hierarchy of items, with the items that the import creates.</summary>
    public ItemTree Tree => catalogue.Tree;

    /// <summary>The trees of the item hierarchy that contain the items.</summary>
    public CodeSet Trees(CodeSet items) => catalogue.Tree.Trees(items);

    /// <summary>
    /// The unit most similar to an unknown one, as a suggestion: a known unit, or one that came before it in the import. Null if the unit is known, or
    /// similar to none.
    /// </summary>
    public string? SimilarUnit(string unit)
    {
        if (Unit.IsCurrency(unit) || _units.Contains(unit)) return null;
        if (_newUnits.TryGetValue(unit, out var found)) return found;
        var similar = _nearUnits.Find(unit).Concat(new SuggestionIndex(_newUnits.Keys).Find(unit)).FirstOrDefault();
        if (_newUnits.Count < MaxNewUnits) _newUnits[unit] = similar;
        return similar;
    }

    static IEnumerable<string> UnitsOf(CatalogueIndex catalogue) => Unit.Usual.Concat(catalogue.Items.Select(i => i.Unit).OfType<string>());

    static bool IsAcronym(string name) => name.Length is > 1 and <= 10 && name.All(char.IsAsciiLetterUpper);

    /// <summary>Takes the warnings about names that were created since the last call.</summary>
    public IReadOnlyList<ProblemError> TakeWarnings()
    {
        ProblemError[] taken = [.. _warnings];
        _warnings.Clear();
        return taken;
    }

    void Warn(ProblemError warning, string noun, string name, string code, (string Message, string? Suggestion) hint) =>
        _warnings.Add(warning with
        {
            Message = $"{warning.Message} '{name}' is created as a new {noun} with the code {code}, and {hint.Message}".Trim(),
            Value = name,
            Suggestion = hint.Suggestion,
        });

    static ProblemError Unknown(ProblemError error, string noun, string name, SuggestionIndex known)
    {
        var near = known.Find(name);
        var hint = near.Count > 0 ? "; nearest: " + string.Join(", ", near) : "";
        return error with
        {
            Message = $"no {noun} has the code, name or alias '{name}'{hint}; create_missing=true would make it",
            Value = name,
            Suggestion = near.FirstOrDefault(),
        };
    }

    /// <summary>Stores the parties and items created since the last call.</summary>
    public async Task StoreAsync(FactsContext database, ChangeRecord change, CancellationToken cancel)
    {
        await CatalogueStore.AddAsync(database, _parties, _items, cancel);
        foreach (var (code, _) in _parties) change.AddResource("parties", code, "created");
        foreach (var item in _items) change.AddResource("items", item.Code, "created");
        _parties.Clear();
        _items.Clear();
    }
}
