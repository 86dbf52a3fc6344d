using Facts.Api.Balances;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Perimeters;

/// <summary>The filter of a perimeter. It is read by the code that reads the query of a balance, so it cannot ask for anything else.</summary>
internal static class PerimeterFilter
{
    static readonly ParameterSpec[] Specs = [.. BalanceFilter.Parameters, .. BalanceListSchema.Fields.Choice];

    /// <summary>Reads a filter.</summary>
    /// <param name="text">A query, with or without <c>?</c>, or an address with a query.</param>
    /// <param name="catalogue">Has the parties and items.</param>
    /// <param name="today">The current day.</param>
    /// <returns>
    /// The filter with codes in place of names, since a code never changes; or the errors, each at <c>/filter</c>.
    /// </returns>
    public static (string Filter, IReadOnlyList<ProblemError> Errors) Read(string text, CatalogueIndex catalogue, DateOnly today)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = new("?" + QueryOf(text.Trim()));
        var parameters = Parameters.Read(http, Specs);
        if (parameters.Problem is null)
        {
            var filter = BalanceFilter.Read(parameters, catalogue, parameters.Day("as_of") ?? today);
            if (parameters.Problem is null) BalanceSelection.Read(parameters, BalanceListSchema.Fields, filter);
        }
        if (parameters.Problem is { } problem) return (text, [.. problem.Errors.Select(InBody)]);
        if (http.Request.Query.Count == 0)
            return (text, [ProblemError.InBody(Problems.InvalidValue, "/filter", "names no parameter: a filter is a query such as recipient=UKR", text)]);
        return (QueryText.Write(http.Request.Query.Keys.Select(name => (name, QueryText.Join(Values(name))))), []);

        IReadOnlyList<string> Values(string name) => name switch
        {
            "donor" or "recipient" => NameFilter.PartyCodes(parameters, name, catalogue)!,
            "item" => NameFilter.ItemCodes(parameters, name, catalogue)!,
            _ => parameters.Texts(name),
        };
    }

    // An address is what people copy from the browser.
    static string QueryOf(string text) =>
        text.StartsWith('?') || text.StartsWith('/') || text.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? text[(text.IndexOf('?') + 1)..] : text;

    // The body is JSON as it should be. So an error within the filter is one of meaning.
    static ProblemError InBody(ProblemError error)
    {
        var kind = Problems.Find(error.Code);
        if (kind.Status != StatusCodes.Status422UnprocessableEntity) kind = Problems.InvalidValue;
        return ProblemError.InBody(kind, "/filter", error.Message, error.Value, error.Suggestion);
    }
}
