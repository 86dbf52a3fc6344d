namespace Facts.Api.Changes;

/// <summary>A balance that a change moved: the balance total of one donor set, recipient, item set and unit, as of the day of the change.</summary>
/// <param name="Donor">Codes of the donors, joined by <c>+</c>, as in the <c>donor</c> of a balance; null for requests that name no donor.</param>
/// <param name="Recipient">Code of the recipient.</param>
/// <param name="Item">Codes of the items, joined by <c>|</c>, as in the <c>item</c> of a balance.</param>
/// <param name="Unit">Unit in which it is counted; null where nothing is counted.</param>
/// <param name="Measures">The measures that moved, by wire name.</param>
internal sealed record BalanceChange(string? Donor, string Recipient, string Item, string? Unit, IReadOnlyDictionary<string, MeasureChange> Measures)
{
    /// <summary>The difference between the sums of one balance before and after a change; null where no measure differs.</summary>
    public static BalanceChange? Between(
        IReadOnlyCollection<string> donors, string recipient, IReadOnlyCollection<string> items, string? unit, Measures before, Measures after)
    {
        var measures = new Dictionary<string, MeasureChange>();
        foreach (var (name, _, of) in MeasureNames.All)
            if ((of(before) ?? Interval.Zero).InOrder() is var was && (of(after) ?? Interval.Zero).InOrder() is var now && was != now)
                measures[name] = new(was, now);
        return measures.Count == 0 ? null : new(donors.Count == 0 ? null : string.Join('+', donors), recipient, string.Join('|', items), unit, measures);
    }
}
