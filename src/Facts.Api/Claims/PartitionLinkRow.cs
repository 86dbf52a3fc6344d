namespace Facts.Api.Claims;

/// <summary>That a key is named within a partition and in another too: the paths along which a change spreads beyond its own partition.</summary>
internal sealed class PartitionLinkRow
{
    public string Partition { get; set; } = "";
    public string Key { get; set; } = "";
}
