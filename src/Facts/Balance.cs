namespace Facts;

/// <summary>The arithmetic between facts (DESIGN.md §8).</summary>
public static partial class Balance
{
    /// <summary>Every fact that exists from the view, with its numbers.</summary>
    public static Standings Standings(Resolution resolution, View view) => throw new NotImplementedException();

    /// <summary>Rows by group and unit, ordered by key. Standings that do not count are left out.</summary>
    public static IReadOnlyList<BalanceRow> Rows(IEnumerable<Standing> standings, Grouping groups, ItemTree items, DateOnly asOf) =>
        throw new NotImplementedException();

    /// <summary>
    /// The days after <paramref name="from"/>, ascending, on which any standing may change merely because the day passes:
    /// between two of them all standings are the same.
    /// </summary>
    public static IReadOnlyList<DateOnly> Breakpoints(Resolution resolution, DateOnly from) => throw new NotImplementedException();
}
