namespace Facts.Api.Projections;

/// <summary>A row of a projection, stored with its partition.</summary>
internal abstract class ProjectedRow
{
    public string Partition { get; set; } = "";
}
