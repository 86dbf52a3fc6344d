using Facts.Api.Changes;

namespace Facts.Api.Imports;

/// <summary>Which balances a load moved.</summary>
/// <param name="BalancesMoved">How many.</param>
/// <param name="Balances">The first hundred: a measure before and after.</param>
internal sealed record ImportEffect(int BalancesMoved, IReadOnlyList<BalanceChange> Balances);
