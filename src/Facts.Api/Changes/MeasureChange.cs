namespace Facts.Api.Changes;

/// <summary>A measure before and after.</summary>
internal sealed record MeasureChange(Interval Before, Interval After);
