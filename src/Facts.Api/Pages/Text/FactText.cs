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
        var said = new[] { Show.Units(unit, 2), unit }.FirstOrDefault(u => u.Length > 0 && items.EndsWith(u, StringComparison.OrdinalIgnoreCase));
        var goods = said is not null ? items[..^said.Length] + units
            : unit.Length > 0 && char.IsUpper(unit[0]) ? $"{units} ({items})" : $"{items} {units}".TrimEnd();
        return (fact.Donors.Count == 0 ? "" : Donors(fact, names) + ", ") + $"{number} {goods} {(fact is RequestRow ? "for" : "to")} {Recipient(fact, names)}";
    }

    /// <summary>A fact with its day: "Germany, 4 IRIS-T systems to Ukraine, arrived 2 October 2024".</summary>
    public static string Dated(FactRow fact, IReadOnlyDictionary<string, string> names) => Whole(fact, names) + (fact is DeliveryRow delivery
        ? $", {Show.Word(delivery.Stage)} {(delivery.HappenedOn is { } day ? Show.Date(day) : "on a day not known")}" : $", said {Show.Date(fact.StatedOn)}");

    /// <summary>A commitment with its deadline.</summary>
    public static string WithDeadline(CommitmentRow commitment, IReadOnlyDictionary<string, string> names) =>
        $"{Of(commitment, names)}, due {Show.Date(commitment.DueOn)}";

    /// <summary>The address of the page of a fact or claim, by its kind in a word.</summary>
    public static string Address(string kind, long id) => $"/{(kind == "delivery" ? "deliveries" : kind + "s")}/{id}";

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
