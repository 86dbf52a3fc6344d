namespace Facts.Api.Projections;

/// <summary>A partition: whose rows are kept, and for which days. Taking its row is a writer's turn in it.</summary>
internal sealed class PartitionRow
{
    public string Partition { get; set; } = "";

    /// <summary>Null where its claims leave that to the facts they are about.</summary>
    public string? Recipient { get; set; }

    public string? Unit { get; set; }

    /// <summary>First day for which its rows hold. An earlier day is computed from the claims.</summary>
    public DateOnly ComputedFrom { get; set; }

    /// <summary>Until before which day its rows hold; null: for ever. A later day is computed from the claims.</summary>
    public DateOnly? ComputedUntil { get; set; }

    /// <summary>How often it was taken and written since it was first taken: 0 until that first writer has written.</summary>
    public long Writes { get; set; }
}
