using Facts.Api.Database;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Claims;

internal static class CommitmentKeys
{
    /// <summary>Keys of the facts that pledges without a key report, if another claim of the fact has one; by the number of the pledge.</summary>
    public static async Task<Dictionary<long, string>> ReadAsync(FactsContext database, IReadOnlyList<ClaimRow> pledges, CancellationToken cancel)
    {
        var unkeyed = pledges.Where(p => p.Commitment is null).ToList();
        if (unkeyed.Count == 0) return [];
        var (ids, partitions) = (unkeyed.Select(p => p.Id).ToArray(), unkeyed.Select(p => p.Partition).Distinct().ToArray());
        var found = await database.Set<CommitmentRow>().AsNoTracking()
            .Where(f => partitions.Contains(f.Partition) && f.Key != null && f.ClaimIds.Any(c => ids.Contains(c)))
            .Select(f => new { f.Key, f.ClaimIds }).ToListAsync(cancel);
        return found.SelectMany(f => f.ClaimIds, (f, id) => (id, f.Key)).GroupBy(f => f.id)
            .ToDictionary(g => g.Key, g => g.Select(f => f.Key!).Min(StringComparer.Ordinal)!);
    }
}
