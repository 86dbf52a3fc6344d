namespace Facts.Api.Projections;

/// <summary>The columns that requests, commitments and deliveries share.</summary>
internal abstract class FactRow : SubjectRow
{
    public string? Key { get; set; }
    public string? StatedOn { get; set; }
    public DateOnly? StatedFrom { get; set; }
    public DateOnly? StatedTo { get; set; }
    public bool Unquantified { get; set; }
    public bool Disputed { get; set; }
    public bool Conflict { get; set; }
    public bool PossibleOverlap { get; set; }
    public decimal? EnvelopeLow { get; set; }
    public decimal? EnvelopeHigh { get; set; }
    public int Claims { get; set; }
    public int Publishers { get; set; }

    /// <summary>First day it can have been stated, of a delivery have arrived.</summary>
    public DateOnly Begins { get; set; }

    /// <summary>Last day of that; without an end the last day there is.</summary>
    public DateOnly Ends { get; set; }

    /// <summary>The claims behind it that were stated by then.</summary>
    public List<long> ClaimIds { get; set; } = [];
}
