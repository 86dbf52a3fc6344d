namespace Facts.Api.Balances;

/// <summary>The quantity that one fact adds to a measure. Low may exceed high where a cumulative total is only partly explained.</summary>
/// <param name="Kind">Kind of the fact.</param>
/// <param name="Id">Number of the fact.</param>
/// <param name="Low">Quantity that the fact certainly adds.</param>
/// <param name="High">Quantity that the fact possibly adds; null without an upper bound.</param>
/// <param name="How">A sentence about the computation of the quantity; null where the claims give it.</param>
internal sealed record MeasureTerm(FactKind Kind, long Id, decimal Low, decimal? High, string? How);
