namespace Facts.Api.Merges;

/// <summary>The codes and names of a claim before a merge changed them. Its undo writes them back.</summary>
internal sealed class MergedClaimRow
{
    public long MergeId { get; set; }
    public long ClaimId { get; set; }
    public List<string> Donors { get; set; } = [];
    public string? Recipient { get; set; }
    public List<string> Items { get; set; } = [];
    public string ExternalId { get; set; } = "";
    public string? Commitment { get; set; }
    public string? Delivery { get; set; }
    public string? Request { get; set; }
    public string Partition { get; set; } = "";
    public string Content { get; set; } = "";
    public string? FileContent { get; set; }
}
