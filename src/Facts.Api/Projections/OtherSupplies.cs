namespace Facts.Api.Projections;

/// <summary>What commitments and deliveries give, by the days for which it holds: as kept, for requests that are not resolved together with them.</summary>
/// <param name="Rows">What is given, from a day until before another (null: for ever).</param>
/// <param name="Until">Until before which day all of it is kept.</param>
internal sealed record OtherSupplies(IReadOnlyList<(Supply Given, DateOnly From, DateOnly? To)> Rows, DateOnly? Until)
{
    public IEnumerable<DateOnly> Changes => Rows.SelectMany(r => new[] { r.From, r.To }).OfType<DateOnly>();

    public IEnumerable<Supply> On(DateOnly day) => Rows.Where(r => r.From <= day && !(r.To <= day)).Select(r => r.Given);
}
