using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Projections;

/// <summary>Tells for which days the stored projections hold. For all other days the facts are computed from the claims.</summary>
internal static class ProjectionCoverage
{
    /// <summary>
    /// Begins a batch of statements about stored projections, which is one round trip and one snapshot: the version of the store, and the coverage of a day.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="day">The day.</param>
    /// <param name="scope">The partitions that have to cover it.</param>
    public static void BeginBatch(NpgsqlBatch batch, DateOnly day, CoverageScope scope)
    {
        var partitions = $"select from partitions where {(scope.Recipients is null ? "" : "recipient = any (@recipients) and ")}"
            + scope.AreOfRequests switch { null => "", true => "is_request and ", false => "not is_request and " };
        batch.Add(
            $"""
            select ({StoreVersion.Statement}),
                exists ({partitions} computed_until <= @day and computed_until is not null)
                or exists ({partitions} computed_from > @day and computed_from > '-infinity')
            """,
            [new("day", day), .. scope.Recipients is null ? [] : new[] { Sql.ArrayParameter("recipients", scope.Recipients) }]);
    }

    /// <summary>Reads the results of <see cref="BeginBatch"/>. The reader then stands at the result of the statement that follows.</summary>
    /// <returns>The version of the store, and true if the projections of all partitions hold for the day.</returns>
    public static async Task<(long Version, bool IsCovered)> ReadAsync(NpgsqlDataReader reader, CancellationToken cancel)
    {
        await reader.ReadAsync(cancel);
        var (version, isCovered) = (reader.GetInt64(0), !reader.GetBoolean(1));
        await reader.NextResultAsync(cancel);
        return (version, isCovered);
    }

    /// <summary>True where the projections of all partitions in the scope hold for the day.</summary>
    public static async Task<bool> CoversAsync(FactsContext database, DateOnly day, CoverageScope scope, CancellationToken cancel) =>
        !await Uncovered(database, day, day, scope).AnyAsync(cancel);

    /// <summary>
    /// True where the projection of the partition of one fact holds for the day. Where the fact is not stored, its partition is unknown: then true only where
    /// all projections hold for the day.
    /// </summary>
    public static async Task<bool> CoversAsync<TRow>(FactsContext database, DateOnly day, long fact, CancellationToken cancel) where TRow : FactRow
    {
        var uncovered = Uncovered(database, day, day, CoverageScope.All);
        var isUncovered = await database.Set<TRow>().Where(r => r.Id == fact).Select(r => (bool?)uncovered.Any(p => p.Partition == r.Partition))
            .FirstOrDefaultAsync(cancel);
        return !(isUncovered ?? await uncovered.AnyAsync(cancel));
    }

    /// <summary>The partitions whose projections do not hold on some of the days of a range, and all partitions connected to them.</summary>
    /// <param name="database">The store.</param>
    /// <param name="first">First day, inclusive.</param>
    /// <param name="last">Last day, inclusive.</param>
    /// <param name="scope">Only these partitions.</param>
    /// <param name="cancel">Ends the query in the database too.</param>
    public static async Task<string[]> UncoveredAsync(
        FactsContext database, DateOnly first, DateOnly last, CoverageScope scope, CancellationToken cancel)
    {
        var uncovered = await Uncovered(database, first, last, scope).Select(p => p.Partition).ToListAsync(cancel);
        return uncovered.Count == 0 ? [] : [.. await Partitions.ConnectedAsync(database, uncovered, cancel)];
    }

    // The lowest day is in the condition because the index has no row with it.
    static IQueryable<PartitionRow> Uncovered(FactsContext database, DateOnly first, DateOnly last, CoverageScope scope)
    {
        var (recipients, areOfRequests) = (scope.Recipients, scope.AreOfRequests);
        var partitions = database.Set<PartitionRow>().AsQueryable();
        if (recipients is not null) partitions = partitions.Where(p => recipients.Contains(p.Recipient!));
        if (areOfRequests is not null) partitions = partitions.Where(p => p.IsRequest == areOfRequests);
        return partitions.Where(p => p.ComputedUntil <= last || p.ComputedFrom > DateOnly.MinValue && p.ComputedFrom > first);
    }
}
