using Facts.Api.Http;

namespace Facts.Api.Balances;

/// <summary>How the rows of an answer are shown.</summary>
/// <param name="Sort">In which order.</param>
/// <param name="Rows">With which fields.</param>
/// <param name="IsOfAll">Whether those are all that the question's rows have.</param>
internal sealed record BalanceChoice(IReadOnlyList<SortKey<BalanceLine>> Sort, ListSchema<BalanceLine> Rows, bool IsOfAll)
{
    public static (BalanceChoice Choice, Problem? Problem) Read(Parameters parameters, ListSchema<BalanceLine> rows, BalanceFilter filter)
    {
        // Which groups there are is the question's to say: the same columns where no row is found.
        var any = new BalanceLine(BalanceQuery.Row.Nothing, filter.View.AsOf, filter, new Dictionary<string, string>(), "");
        var shown = rows.Only(rows.Fields.Where(f => f.IsShown?.Invoke(any) ?? true));
        return (new(parameters.Sort(shown.Sortable), shown.Only(parameters.Columns(shown.Fields)), !parameters.Has("fields")), parameters.Problem);
    }
}
