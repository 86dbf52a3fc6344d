namespace Facts.Api.Balances;

/// <summary>A count of a row, with the counted facts.</summary>
/// <param name="Count">Name of the count.</param>
/// <param name="Value">Number of counted facts.</param>
/// <param name="Facts">The counted facts.</param>
internal sealed record CountSum(string Count, int Value, IReadOnlyList<FactName> Facts);
