namespace Facts.Api.Projections;

/// <summary>What a write touches: partitions, and the keys by which it may tie them to others.</summary>
internal sealed record WriteSet(IReadOnlyCollection<PartitionKey> Partitions, KeySet Keys);
