namespace Facts.Api.Balances;

/// <summary>Why a fact is as it is.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its number.</param>
/// <param name="Reasons">The rules that made it so.</param>
internal sealed record FactReasons(FactKind Kind, long Id, IReadOnlyList<Reason> Reasons);
