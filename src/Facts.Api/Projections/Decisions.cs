using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Projections;

internal static class Decisions
{
    /// <summary>All about facts that were in force then; null: now. Few: a person made each.</summary>
    public static async Task<IReadOnlyList<Decision>> AtAsync(FactsContext database, DateTimeOffset? knownAt, CancellationToken cancel)
    {
        var all = database.Set<DecisionRow>().AsNoTracking().Where(d => d.B != null);
        var then = knownAt is { } at ? all.Where(d => d.RecordedAt <= at && (d.UndoneAt == null || d.UndoneAt > at)) : all.Where(d => d.UndoneAt == null);
        return [.. (await then.OrderBy(d => d.Id).ToListAsync(cancel)).Select(d => d.ToDecision())];
    }
}
