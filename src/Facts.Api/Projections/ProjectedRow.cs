namespace Facts.Api.Projections;

/// <summary>A row that is kept of a partition.</summary>
internal abstract class ProjectedRow
{
    public string Partition { get; set; } = "";
}
