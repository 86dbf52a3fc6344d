namespace Facts.Api.Claims;

/// <summary>A partition link: the partition shares the key with the other partitions that have a row with this key. They are recomputed together.</summary>
internal sealed class PartitionLinkRow
{
    public string Partition { get; set; } = "";
    public string Key { get; set; } = "";
}
