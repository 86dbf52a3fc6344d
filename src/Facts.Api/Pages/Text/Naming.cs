using System.Globalization;
using Facts.Api.Balances;

namespace Facts.Api.Pages;

/// <summary>A row of a balance in words.</summary>
internal static class Naming
{
    /// <summary>The groups of a row by name: <c>Germany, IRIS-T</c>. The unit stands for a row without groups.</summary>
    public static string Of(BalanceResponse row)
    {
        var parts = new[]
        {
            row.Has(Grouping.Donor) ? row.NameOf(row.Key.Donors, " and ", "party:") ?? "Nobody named" : null,
            row.Has(Grouping.Recipient) ? row.RecipientName : null,
            row.Has(Grouping.Item) ? row.NameOf(row.Key.Items, " or ", "item:") : null,
            row.Has(Grouping.Category) ? row.NameOf(row.Key.Categories, " or ", "item:") : null,
            row.Has(Grouping.YearStated) ? row.Key.YearStated?.ToString(CultureInfo.InvariantCulture) : null,
            row.Has(Grouping.YearDue) ? row.Key.YearDue is { } year ? $"due {year}" : "no deadline" : null,
        }.OfType<string>().ToList();
        return parts.Count > 0 ? string.Join(", ", parts) : Show.Capital(Show.Units(row.Key.Unit, 2));
    }

    /// <summary>Why the numbers of a row may not add up as they stand, in short.</summary>
    public static string Hint(BalanceResponse row)
    {
        var sums = row.Sums.Measures;
        return string.Join(" · ", new[]
        {
            row.Key.Shared ? "given together" : null,
            sums.Unquantified > 0 ? Show.Many(sums.Unquantified, "report") + " without a number" : null,
            Some("asked for", sums.Requested),
            Intended(sums),
            Some("beyond what was promised", sums.Surplus),
            Some("delivered without a promise", sums.Unpledged),
            row.Has(Grouping.Item) ? null : Uncounted(sums),
            sums.Conditional > 0 ? $"{sums.Conditional} conditional" : null,
            sums.OnHold > 0 ? $"{sums.OnHold} on hold" : null,
            sums.Disputed > 0 ? $"{sums.Disputed} disputed" : null,
            sums.Conflicts > 0 ? "sources contradict each other" : null,
            row.Sums.CommittedOverlap > 0 ? $"{Show.Number(row.Sums.CommittedOverlap)} of the promised perhaps counted twice" : null,
            row.Sums.DeliveredOverlap > 0 ? $"{Show.Number(row.Sums.DeliveredOverlap)} of the delivered perhaps counted twice" : null,
        }.OfType<string>());
    }

    /// <summary>
    /// A sentence for promises that something came for, while no delivery is counted: it has another donor, or the conditions leave it out. Else null.
    /// </summary>
    public static string? Uncounted(Measures sums) => sums is { Delivered.High: 0, Credited: { High: not 0 } credited }
        ? $"{Show.Interval(credited)} came by deliveries that are not counted here" : null;

    /// <summary>The number that is only intended, which is in no other number; null for nothing.</summary>
    public static string? Intended(Measures sums) => Some("intended", sums.Intended);

    static string? Some(string text, Interval? interval) => interval is { High: not 0 } some ? $"{text}: {Show.Interval(some)}" : null;
}
