namespace Facts.Api.Balances;

/// <summary>The rules that made a fact what it is.</summary>
/// <param name="Kind">Kind of the fact.</param>
/// <param name="Id">Number of the fact.</param>
/// <param name="Reasons">The rules that made the fact what it is.</param>
internal sealed record FactReasons(FactKind Kind, long Id, IReadOnlyList<Reason> Reasons);
