using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Projections;

/// <summary>Keys of commitments, deliveries and requests. The three kinds are separate: one word may be a key of each.</summary>
internal sealed record KeySet(HashSet<string> Commitments, HashSet<string> Deliveries, HashSet<string> Requests)
{
    public static KeySet Empty => new([], [], []);

    public bool IsEmpty => Commitments.Count + Deliveries.Count + Requests.Count == 0;

    /// <summary>The keys as they are stored in <c>partition_links</c>.</summary>
    public IEnumerable<string> Names =>
        Commitments.Select(PartitionKey.CommitmentKey).Concat(Deliveries.Select(PartitionKey.DeliveryKey)).Concat(Requests.Select(PartitionKey.RequestKey));

    public NpgsqlParameter[] Parameters() =>
        [new("commitments", Commitments.ToArray()), new("deliveries", Deliveries.ToArray()), new("requests", Requests.ToArray())];
}
