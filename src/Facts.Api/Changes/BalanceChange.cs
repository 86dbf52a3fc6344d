using Facts.Api.Projections;

namespace Facts.Api.Changes;

/// <summary>A balance that moved: the running total of one donor set, recipient, item set and unit, as of the day of the change.</summary>
/// <param name="Donor">As a row's <c>donor</c>; null for requests that ask nobody.</param>
/// <param name="Measures">By the measure's name; only those that moved.</param>
internal sealed record BalanceChange(string? Donor, string Recipient, string Item, string? Unit, IReadOnlyDictionary<string, MeasureChange> Measures)
{
    /// <summary>What differs between two sums under one key; null where nothing does.</summary>
    public static BalanceChange? Between(TotalRow key, Measures before, Measures after)
    {
        var measures = new Dictionary<string, MeasureChange>();
        foreach (var (name, _, of) in MeasureNames.All)
            if ((of(before) ?? Interval.Zero).InOrder() is var was && (of(after) ?? Interval.Zero).InOrder() is var now && was != now)
                measures[name] = new(was, now);
        return measures.Count == 0 ? null
            : new(key.Donors.Count == 0 ? null : string.Join('+', key.Donors), key.Recipient, string.Join('|', key.Items), key.Unit, measures);
    }
}
