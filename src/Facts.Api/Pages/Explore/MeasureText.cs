using Facts.Api.Balances;
using Facts.Api.Changes;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>The numbers of a row for readers, where unknown is told from 0.</summary>
internal static class MeasureText
{
    static readonly Dictionary<string, Func<Measures, Interval?>> ByName = MeasureNames.All.ToDictionary(m => m.Name, m => m.Of);

    /// <summary>The measure of a row; null where its question leaves it out.</summary>
    public static Interval? Of(BalanceResponse row, string measure) => row.Measure(measure, ByName[measure]);

    /// <summary>The measure in words.</summary>
    /// <param name="row">The row.</param>
    /// <param name="measure">Its wire name.</param>
    /// <param name="isLate">True if something of the row without a number is past its deadline.</param>
    public static string Text(BalanceResponse row, string measure, bool isLate) =>
        row.LeavesOut(measure) ? Show.NotCounted : IsUnknown(row, measure, isLate) ? Show.Unknown : Show.Interval(Of(row, measure));

    /// <summary>
    /// True for a commitment without a number whose deadline is over: it may be overdue by any number. A conditional one is never overdue, nor is an intention.
    /// </summary>
    public static bool MayBeLate(CommitmentRow commitment, DateOnly asOf) =>
        commitment is { Unquantified: true, Conditional: false, Firmness: not "intent", Status: "open" or "partial" } && commitment.DueTo < asOf;

    /// <summary>True where all that the number counts came without one: then its 0 says nothing.</summary>
    public static bool IsUnknown(BalanceResponse row, string measure, bool isLate) =>
        Of(row, measure) is null || row.IsUnknown(measure)
            || (measure is "overdue" or "overdue_original" && isLate && row.IsPromisedWithoutNumbers && Of(row, measure) is { High: 0 });
}
