using Facts.Api.Http;

namespace Facts.Api.Ledger;

/// <summary>
/// The parties and items that a query names by code, name or alias, as codes, and the units by their one spelling; null where it names none. Items with all below them.
/// </summary>
internal sealed record NameFilter(string[]? Donors, string[]? Recipients, string[]? Items, string[]? Units)
{
    /// <summary>What is wrong with a name is said in the parameters' problem.</summary>
    public static async Task<NameFilter> ReadAsync(HttpContext http, Parameters parameters, CancellationToken cancel)
    {
        var units = Spelled(parameters);
        if (!parameters.Has("donor") && !parameters.Has("recipient") && !parameters.Has("item")) return new(null, null, null, units);
        var (_, catalogue, items, _) = await http.RequestServices.GetRequiredService<KnownCatalogues>().ReadAsync(http, cancel);
        return new(PartyCodes(parameters, "donor", catalogue), PartyCodes(parameters, "recipient", catalogue), Below(ItemCodes(parameters, "item", catalogue), catalogue, items), units);
    }

    public static string[]? Spelled(Parameters parameters) => parameters.Texts("unit") is { Count: > 0 } units ? [.. units.Select(Unit.Of)] : null;

    public static string[]? PartyCodes(Parameters parameters, string parameter, Catalogue catalogue) =>
        Codes(parameters, parameter, catalogue.Party, catalogue.PartyNames, Problems.UnknownParty);

    public static string[]? ItemCodes(Parameters parameters, string parameter, Catalogue catalogue) =>
        Codes(parameters, parameter, name => catalogue.Item(name)?.Code, catalogue.ItemNames, Problems.UnknownItem);

    static string[]? Below(string[]? codes, Catalogue catalogue, ItemTree items) =>
        codes is null ? null : [.. catalogue.Items.Where(i => codes.Any(code => items.IsUnder(i.Code, code))).Select(i => i.Code)];

    /// <summary>An unknown name is an error that names the nearest.</summary>
    static string[]? Codes(Parameters parameters, string parameter, Func<string, string?> find, IEnumerable<string> known, ProblemKind unknown)
    {
        var names = parameters.Texts(parameter);
        foreach (var name in names.Where(n => find(n) is null))
        {
            var near = Nearest.Of(name, known);
            parameters.Fail(unknown, parameter, $"nothing has the code, name or alias '{name}'{Nearest.Hint(near)}", name, near);
        }

        return names.Count == 0 ? null : [.. names.Select(find).OfType<string>()];
    }
}
