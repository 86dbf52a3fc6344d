using Facts.Api.Changes;

namespace Facts.Api.Imports;

/// <summary>The balances that an import changed; of a dry run, those that it would change.</summary>
/// <param name="BalancesMoved">Number of balances that changed.</param>
/// <param name="Balances">The first 100, each with its measures before and after.</param>
internal sealed record ImportEffect(int BalancesMoved, IReadOnlyList<BalanceChange> Balances);
