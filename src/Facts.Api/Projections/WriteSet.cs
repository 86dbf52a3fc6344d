namespace Facts.Api.Projections;

/// <summary>The write set: the partitions and keys that one write locks. A key may link its partitions to others.</summary>
internal sealed record WriteSet(IReadOnlyCollection<PartitionKey> Partitions, KeySet Keys);
