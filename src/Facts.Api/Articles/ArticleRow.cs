namespace Facts.Api.Articles;

/// <summary>An article as stored. Its status is the wire's word.</summary>
internal sealed class ArticleRow
{
    public long Id { get; set; }
    public string? ExternalId { get; set; }
    public string? Url { get; set; }
    public string? Title { get; set; }
    public string? Publisher { get; set; }
    public string? Author { get; set; }
    public string? PublishedOn { get; set; }
    public DateOnly? PublishedFrom { get; set; }
    public DateOnly? PublishedTo { get; set; }
    public string? RetrievedAt { get; set; }
    public string? Language { get; set; }
    public string Status { get; set; } = "active";

    /// <summary>Time from which its claims do not count; null while they count.</summary>
    public DateTimeOffset? RetractedAt { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
    public long Version { get; set; } = 1;
}
