namespace Facts.Api.Balances;

/// <summary>What one fact adds. Low may be above high in what a running total leaves unexplained.</summary>
/// <param name="Kind">What the fact is.</param>
/// <param name="Id">Number of the fact.</param>
/// <param name="Low">What it certainly adds.</param>
/// <param name="High">What it possibly adds; null without bound.</param>
/// <param name="How">How the two come about, where they are computed; else null.</param>
internal sealed record MeasureTerm(FactKind Kind, long Id, decimal Low, decimal? High, string? How);
