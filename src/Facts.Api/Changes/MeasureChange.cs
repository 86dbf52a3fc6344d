namespace Facts.Api.Changes;

/// <summary>A measure before and after a change.</summary>
internal sealed record MeasureChange(Interval Before, Interval After);
