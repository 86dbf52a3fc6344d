namespace Facts.Api.Balances;

/// <summary>Which fact.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its number.</param>
internal sealed record FactName(FactKind Kind, long Id);
