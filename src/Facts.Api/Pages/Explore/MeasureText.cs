using Facts.Api.Balances;
using Facts.Api.Changes;

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
    public static string Text(BalanceResponse row, string measure) =>
        row.LeavesOut(measure) ? Show.NotCounted : IsUnknown(row, measure) ? Show.Unknown : Show.Interval(Of(row, measure));

    /// <summary>True where all that the number counts came without one: then its 0 says nothing.</summary>
    public static bool IsUnknown(BalanceResponse row, string measure) => Of(row, measure) is null || row.IsUnknown(measure);
}
