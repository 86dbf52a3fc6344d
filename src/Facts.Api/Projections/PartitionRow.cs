namespace Facts.Api.Projections;

/// <summary>A partition and the days that its projection covers. A writer locks a partition by locking this row.</summary>
internal sealed class PartitionRow
{
    public string Partition { get; set; } = "";

    /// <summary>Code of the recipient; null where the claims leave it to the fact that they are about.</summary>
    public string? Recipient { get; set; }

    /// <summary>Unit in which it is counted; null where nothing is counted, or where the claims leave it to the fact that they are about.</summary>
    public string? Unit { get; set; }

    /// <summary>True for a partition of requests. Computed by the database from the name.</summary>
    public bool IsRequest { get; private set; }

    /// <summary>First day that the projection covers, inclusive. An earlier day is computed from the claims.</summary>
    public DateOnly ComputedFrom { get; set; }

    /// <summary>First day that the projection no longer covers; null for no end. That day and later days are computed from the claims.</summary>
    public DateOnly? ComputedUntil { get; set; }

    /// <summary>
    /// True where a large write left it to a later computation to cover all days. Until then the projection covers only the days around that of the write.
    /// </summary>
    public bool IsDeferred { get; set; }

    /// <summary>Number of writes that locked the partition after its row was added. 0 until its first writer has written.</summary>
    public long Writes { get; set; }

    /// <summary>Names the stored rows of the projection: each write of them gives another one. Null until they are written.</summary>
    public Guid? Version { get; set; }
}
