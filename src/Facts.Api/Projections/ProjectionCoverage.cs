using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Projections;

internal static class ProjectionCoverage
{
    /// <summary>How often the store has changed.</summary>
    public static Task<long> VersionAsync(FactsContext database, CancellationToken cancel) => database.Set<DatasetRow>().Select(d => d.Version).SingleAsync(cancel);

    /// <summary>Whether what is kept holds for the day, in all partitions of the recipients (null: of all).</summary>
    public static async Task<bool> CoversAsync(FactsContext database, DateOnly day, string[]? recipients, CancellationToken cancel)
    {
        var lacking = Lacking(database, day);
        if (recipients is not null) lacking = lacking.Where(n => recipients.Contains(n.Recipient!));
        return !await lacking.AnyAsync(cancel);
    }

    /// <summary>As above, of what has to do with one fact; of all where it is not among what is kept.</summary>
    public static async Task<bool> CoversAsync<TRow>(FactsContext database, DateOnly day, long fact, CancellationToken cancel) where TRow : FactRow
    {
        var lacking = Lacking(database, day);
        var lacks = await database.Set<TRow>().Where(r => r.Id == fact).Select(r => (bool?)lacking.Any(n => n.Partition == r.Partition)).FirstOrDefaultAsync(cancel);
        return !(lacks ?? await lacking.AnyAsync(cancel));
    }

    static IQueryable<PartitionRow> Lacking(FactsContext database, DateOnly day) => database.Set<PartitionRow>().Where(n => n.ComputedUntil <= day || n.ComputedFrom > day);
}
