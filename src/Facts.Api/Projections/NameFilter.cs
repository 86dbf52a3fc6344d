using Facts.Api.Catalogue;
using Facts.Api.Http;

namespace Facts.Api.Projections;

/// <summary>
/// The parties and items that a query names by code, name or alias, as codes, and the units by their one spelling; null where it names none. Items with all below them.
/// </summary>
internal sealed record NameFilter(string[]? Donors, string[]? Recipients, string[]? Items, string[]? Units)
{
    public static NameFilter All { get; } = new(null, null, null, null);

    /// <summary>As below; the catalogue is read only where a party or an item is named.</summary>
    public static async Task<NameFilter> ReadAsync(HttpContext http, Parameters parameters, CancellationToken cancel) =>
        parameters.Has("donor") || parameters.Has("recipient") || parameters.Has("item")
            ? Read(parameters, (await http.RequestServices.GetRequiredService<CatalogueCache>().ReadAsync(http, cancel)).Catalogue)
            : All with { Units = Spelled(parameters) };

    /// <summary>What is wrong with a name is said in the parameters' problem.</summary>
    public static NameFilter Read(Parameters parameters, CatalogueIndex catalogue) => new(
        PartyCodes(parameters, "donor", catalogue), PartyCodes(parameters, "recipient", catalogue), Below(ItemCodes(parameters, "item", catalogue), catalogue), Spelled(parameters));

    /// <summary>Those of the rows that it takes.</summary>
    public IQueryable<TRow> Apply<TRow>(IQueryable<TRow> rows) where TRow : SubjectRow
    {
        if (Donors is { } donors) rows = rows.Where(r => r.Donors.Any(d => donors.Contains(d)));
        if (Recipients is { } recipients) rows = rows.Where(r => recipients.Contains(r.Recipient));
        if (Items is { } items) rows = rows.Where(r => r.Items.Any(i => items.Contains(i)));
        if (Units is { } units) rows = rows.Where(r => units.Contains(r.Unit!));
        return rows;
    }

    /// <summary>Whether it takes what is given by these donors, jointly, to the recipient: any of these items, counted in the unit.</summary>
    public bool Matches(IEnumerable<string> donors, string recipient, IEnumerable<string> items, string? unit) =>
        (Donors is null || donors.Any(Donors.Contains))
        && (Recipients is null || Recipients.Contains(recipient))
        && (Items is null || items.Any(Items.Contains))
        && (Units is null || unit is not null && Units.Contains(unit));

    public static string[]? Spelled(Parameters parameters) => parameters.Texts("unit") is { Count: > 0 } units ? [.. units.Select(Unit.Normalize)] : null;

    public static string[]? PartyCodes(Parameters parameters, string parameter, CatalogueIndex catalogue) =>
        Codes(parameters, parameter, catalogue.Party, catalogue.PartyNames, Problems.UnknownParty);

    public static string[]? ItemCodes(Parameters parameters, string parameter, CatalogueIndex catalogue) =>
        Codes(parameters, parameter, name => catalogue.Item(name)?.Code, catalogue.ItemNames, Problems.UnknownItem);

    static string[]? Below(string[]? codes, CatalogueIndex catalogue)
    {
        if (codes is null) return null;
        var tree = catalogue.Tree;
        return [.. codes.SelectMany(tree.Under).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>An unknown name is an error that names the nearest.</summary>
    static string[]? Codes(Parameters parameters, string parameter, Func<string, string?> find, IEnumerable<string> known, ProblemKind unknown)
    {
        var names = parameters.Texts(parameter);
        var nearest = new SuggestionIndex(known);
        foreach (var name in names.Where(n => find(n) is null))
        {
            var near = nearest.Find(name).FirstOrDefault();
            parameters.Fail(unknown, parameter, $"nothing has the code, name or alias '{name}'{Suggestions.Hint(near)}", name, near);
        }

        return names.Count == 0 ? null : [.. names.Select(find).OfType<string>()];
    }
}
