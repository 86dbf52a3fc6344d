using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>Facts in a line.</summary>
internal static class FactText
{
    /// <summary>A fact by its donor, a request by its recipient: "Germany: 2 × IRIS-T SLM".</summary>
    public static string Of(FactRow fact, IReadOnlyDictionary<string, string> names)
    {
        var by = fact is RequestRow ? Recipient(fact, names) : fact.Donors.Count == 0 ? "Somebody" : Donors(fact, names);
        var (low, high) = Number(fact);
        return $"{by}: {(fact.Unquantified ? "an unknown number" : Show.Interval(low, high))} × {Items(fact, names)}";
    }

    /// <summary>A fact with all that tells it from others: "Germany, 4 IRIS-T systems to Ukraine".</summary>
    public static string Whole(FactRow fact, IReadOnlyDictionary<string, string> names)
    {
        var (low, high) = Number(fact);
        var number = fact.Unquantified ? "an unknown number of" : Show.Interval(low, high);
        var (items, unit) = (Items(fact, names), fact.Unit ?? "");
        var units = Show.Units(unit, fact.Unquantified ? 2 : high ?? low ?? 2);
        // "2 Patriot launchers" says the unit with the item. A sum of money is of its currency.
        var goods = unit.Length > 0 && items.EndsWith(unit, StringComparison.OrdinalIgnoreCase) ? items[..^unit.Length] + units
            : unit.Length > 0 && char.IsUpper(unit[0]) ? $"{units} ({items})" : $"{items} {units}".TrimEnd();
        return (fact.Donors.Count == 0 ? "" : Donors(fact, names) + ", ") + $"{number} {goods} {(fact is RequestRow ? "for" : "to")} {Recipient(fact, names)}";
    }

    /// <summary>A commitment with its deadline.</summary>
    public static string WithDeadline(CommitmentRow commitment, IReadOnlyDictionary<string, string> names) =>
        $"{Of(commitment, names)}, due {Show.Date(commitment.DueOn)}";

    static (decimal? Low, decimal? High) Number(FactRow fact) => fact switch
    {
        CommitmentRow { Firmness: "intent" } c => (c.IntendedLow, c.IntendedHigh),
        CommitmentRow c => (c.CommittedLow, c.CommittedHigh),
        DeliveryRow d => (d.DeliveredLow, d.DeliveredHigh),
        RequestRow r => (r.RequestedLow, r.RequestedHigh),
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact, null),
    };

    static string Items(FactRow fact, IReadOnlyDictionary<string, string> names) =>
        string.Join(" or ", fact.Items.Select(i => names.GetValueOrDefault("item:" + i, i)));

    static string Donors(FactRow fact, IReadOnlyDictionary<string, string> names) =>
        string.Join(" and ", fact.Donors.Select(d => names.GetValueOrDefault("party:" + d, d)));

    static string Recipient(FactRow fact, IReadOnlyDictionary<string, string> names) =>
        names.GetValueOrDefault("party:" + fact.Recipient, fact.Recipient);
}
