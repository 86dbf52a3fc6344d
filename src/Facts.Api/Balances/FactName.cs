namespace Facts.Api.Balances;

/// <summary>The kind and number of a fact, which together identify it.</summary>
/// <param name="Kind">Kind of the fact.</param>
/// <param name="Id">Number of the fact among the facts of its kind.</param>
internal sealed record FactName(FactKind Kind, long Id);
