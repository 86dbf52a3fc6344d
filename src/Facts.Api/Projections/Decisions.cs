using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Projections;

internal static class Decisions
{
    /// <summary>Asks for the decisions about facts that are in force, in a round trip.</summary>
    /// <returns>The decisions, which are in the list once the statements have been sent.</returns>
    public static List<Decision> Ask(RoundTrip trip, FactsContext database)
    {
        var rows = RowReader<DecisionRow>.Of(database);
        return trip.Ask($"select {rows.Select("d")} from {rows.Table} d where b is not null and undone_at is null order by id", r => rows.Read(r).ToDecision());
    }

    /// <summary>The decisions about facts that were in force at a moment (null: now). They are few, since a person made each of them.</summary>
    public static async Task<IReadOnlyList<Decision>> AtAsync(FactsContext database, DateTimeOffset? knownAt, CancellationToken cancel)
    {
        var all = database.Set<DecisionRow>().AsNoTracking().Where(d => d.B != null);
        var inForce = knownAt is { } at ? all.Where(d => d.RecordedAt <= at && (d.UndoneAt == null || d.UndoneAt > at)) : all.Where(d => d.UndoneAt == null);
        return [.. (await inForce.OrderBy(d => d.Id).ToListAsync(cancel)).Select(d => d.ToDecision())];
    }
}
