namespace Facts.Api.Database;

/// <summary>The version of the store. The table has one row, which each change locks last, just before its commit.</summary>
internal sealed class DatasetRow
{
    public int Id { get; set; } = 1;

    /// <summary>
    /// Names the history of the store. A restored backup is given a new one (verb <c>new-epoch</c>), because its changes have the numbers of others that were
    /// lost.
    /// </summary>
    public Guid Epoch { get; private set; }

    /// <summary>Number of changes so far: the sequence of the last one.</summary>
    public long Version { get; set; }

    /// <summary>Record time of the last change.</summary>
    public DateTimeOffset RecordedAt { get; set; }

    /// <summary>Version of the seed of the catalogue that the store has: see <c>CatalogueSeed</c>. 0 before the first.</summary>
    public int Seed { get; set; }
}
