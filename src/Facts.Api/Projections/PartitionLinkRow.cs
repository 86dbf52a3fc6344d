namespace Facts.Api.Projections;

/// <summary>
/// A partition link: partitions with a common key are recomputed and locked together. The key is named by claims of each of the partitions, or by an editor's
/// decision or a fact that joins them.
/// </summary>
internal sealed class PartitionLinkRow
{
    public string Partition { get; set; } = "";
    public string Key { get; set; } = "";
}
