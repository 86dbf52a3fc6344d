namespace Facts.Api.Projections;

/// <summary>The supply to recipients as it is stored: commitments and unlinked deliveries, for requests that are resolved without them.</summary>
/// <param name="Rows">Each supply with the days for which it holds: the first day inclusive, the last exclusive; null for no end.</param>
/// <param name="From">The first day that all rows cover, inclusive; null for the beginning of time.</param>
/// <param name="Until">The day before which all rows are covered, exclusive; null for no end.</param>
/// <param name="IsDeferred">True where some of the rows will cover all days later.</param>
internal sealed record StoredSupplies(IReadOnlyList<(Supply Supply, DateOnly From, DateOnly? To)> Rows, DateOnly? From, DateOnly? Until, bool IsDeferred)
{
    public IEnumerable<Supply> On(DateOnly day) => Rows.Where(r => r.From <= day && !(r.To <= day)).Select(r => r.Supply);
}
