using Facts.Api.Http;

namespace Facts.Api.Balances;

/// <summary>Order and fields of the rows of a balance, as the query selects them.</summary>
/// <param name="Sort">Order of the rows.</param>
/// <param name="Rows">The selected fields.</param>
/// <param name="HasAllFields">True where the query does not select fields, so that each row has all fields of its groups.</param>
internal sealed record BalanceSelection(IReadOnlyList<SortKey<BalanceResponse>> Sort, ListSchema<BalanceResponse> Rows, bool HasAllFields)
{
    /// <summary>Reads <c>sort</c> and <c>fields</c>. An unknown field is an error of the parameters.</summary>
    public static BalanceSelection Read(Parameters parameters, ListSchema<BalanceResponse> rows, BalanceFilter filter)
    {
        // The query decides which groups a row has, so that a file without rows has the same columns.
        var sample = new BalanceResponse(BalanceSums.Zero, filter.Evaluation.AsOf, filter, new Dictionary<string, string>(), (_, _) => "");
        var shown = rows.Only(rows.Fields.Where(f => f.IsShown?.Invoke(sample) ?? true));
        return new(parameters.Sort(shown.Sortable), shown.Only(parameters.Columns(shown.Fields)), !parameters.Has("fields"));
    }
}
