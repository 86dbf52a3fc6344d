namespace Facts.Api.Projections;

/// <summary>One row: how often the store has changed, and when last. A writer takes it last of all, for the moment of its commit.</summary>
internal sealed class DatasetRow
{
    public int Id { get; set; } = 1;
    public long Version { get; set; }
    public DateTimeOffset RecordedAt { get; set; }
}
