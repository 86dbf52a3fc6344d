namespace Facts.Api.Balances;

/// <summary>A count of the row and the facts it counts.</summary>
/// <param name="Count">Its name.</param>
/// <param name="Value">How many.</param>
/// <param name="Facts">Which.</param>
internal sealed record CountSum(string Count, int Value, IReadOnlyList<FactName> Facts);
