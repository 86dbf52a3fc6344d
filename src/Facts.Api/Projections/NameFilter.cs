using Facts.Api.Http;

namespace Facts.Api.Projections;

/// <summary>
/// The parties, items and units that a query names. Parties and items are codes, whether the query names them by code, name or alias; items include all items
/// below them. Units are in their one spelling. Null where the query names none of a kind: then all match.
/// </summary>
internal sealed record NameFilter(string[]? Donors, string[]? Recipients, string[]? Items, string[]? Units)
{
    public static NameFilter All { get; } = new(null, null, null, null);

    /// <summary>
    /// Reads the filter of a query; unknown names become errors of the parameters. The catalogue is read only where a party or an item is named.
    /// </summary>
    public static async Task<NameFilter> ReadAsync(HttpContext http, Parameters parameters, CancellationToken cancel) =>
        NamesEntries(parameters)
            ? Read(parameters, (await http.RequestServices.GetRequiredService<CatalogueCache>().ReadAsync(http, cancel)).Catalogue)
            : All with { Units = NormalizedUnits(parameters) };

    /// <summary>True if the query names a party or an item, so that the catalogue is needed.</summary>
    public static bool NamesEntries(Parameters parameters) => parameters.Has("donor") || parameters.Has("recipient") || parameters.Has("item");

    /// <summary>Reads the filter of a query with a catalogue that was read already; unknown names become errors of the parameters.</summary>
    public static NameFilter Read(Parameters parameters, CatalogueIndex catalogue) => new(
        PartyCodes(parameters, "donor", catalogue), PartyCodes(parameters, "recipient", catalogue),
        WithItemsBelow(ItemCodes(parameters, "item", catalogue), catalogue), NormalizedUnits(parameters));

    /// <summary>Reads the filter of a query with the catalogue as it was read last, without a statement.</summary>
    /// <returns>
    /// The filter, and the version of the store at which it holds; a null version: at any. Null where that catalogue does not know all names, or where none
    /// was read yet.
    /// </returns>
    public static (NameFilter Names, long? Version)? ReadLast(Parameters parameters, CatalogueCache catalogues)
    {
        var namesEntries = NamesEntries(parameters);
        if ((namesEntries ? catalogues.Last : CatalogueSnapshot.Empty) is not { } catalogue) return null;
        var copy = parameters.Copy();
        var names = Read(copy, catalogue.Catalogue);
        return copy.Problem is null ? (names, namesEntries ? catalogue.Version : null) : null;
    }

    /// <summary>The rows that match the filter.</summary>
    public IQueryable<TRow> Apply<TRow>(IQueryable<TRow> rows) where TRow : SubjectRow
    {
        if (Donors is { } donors) rows = rows.Where(r => r.Donors.Any(d => donors.Contains(d)));
        if (Recipients is { } recipients) rows = rows.Where(r => recipients.Contains(r.Recipient));
        if (Items is { } items) rows = rows.Where(r => r.Items.Any(i => items.Contains(i)));
        if (Units is { } units) rows = rows.Where(r => units.Contains(r.Unit!));
        return rows;
    }

    /// <summary>True where a fact matches the filter: any of its donors, its recipient, any of its items and its unit.</summary>
    public bool Matches(IEnumerable<string> donors, string recipient, IEnumerable<string> items, string? unit) =>
        (Donors is null || donors.Any(Donors.Contains))
        && (Recipients is null || Recipients.Contains(recipient))
        && (Items is null || items.Any(Items.Contains))
        && (Units is null || unit is not null && Units.Contains(unit));

    public static string[]? NormalizedUnits(Parameters parameters) =>
        parameters.Texts("unit") is { Count: > 0 } units ? [.. units.Select(Unit.Normalize)] : null;

    public static string[]? PartyCodes(Parameters parameters, string parameter, CatalogueIndex catalogue) =>
        Codes(parameters, parameter, catalogue.Party, catalogue.PartyNames, Problems.UnknownParty);

    public static string[]? ItemCodes(Parameters parameters, string parameter, CatalogueIndex catalogue) =>
        Codes(parameters, parameter, name => catalogue.Item(name)?.Code, catalogue.ItemNames, Problems.UnknownItem);

    static string[]? WithItemsBelow(string[]? codes, CatalogueIndex catalogue)
    {
        if (codes is null) return null;
        var tree = catalogue.Tree;
        return [.. codes.SelectMany(tree.Under).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The codes of the names; an unknown name becomes an error that suggests the nearest name.</summary>
    static string[]? Codes(Parameters parameters, string parameter, Func<string, string?> find, IEnumerable<string> known, ProblemKind unknown)
    {
        var names = parameters.Texts(parameter);
        var suggestions = new SuggestionIndex(known);
        foreach (var name in names.Where(n => find(n) is null))
        {
            var suggestion = suggestions.Find(name).FirstOrDefault();
            parameters.Fail(unknown, parameter, $"nothing has the code, name or alias '{name}'{Suggestions.Hint(suggestion)}", name, suggestion);
        }

        return names.Count == 0 ? null : [.. names.Select(find).OfType<string>()];
    }
}
