using Facts.Api.Balances;

namespace Facts.Api.Pages;

/// <summary>The explanation of one row of a balance.</summary>
/// <param name="Explanation">The facts, links and claims, and the arithmetic.</param>
/// <param name="Sources">Addresses of the articles of the claims, by claim.</param>
internal sealed record ExplainPlace(Explanation Explanation, IReadOnlyDictionary<long, string?> Sources, IReadOnlyDictionary<string, string> Names);
