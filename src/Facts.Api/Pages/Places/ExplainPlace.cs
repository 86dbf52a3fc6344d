using Facts.Api.Balances;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>The explanation of one row of a balance.</summary>
/// <param name="Explanation">The facts, links and claims, and the arithmetic.</param>
/// <param name="Sources">Addresses of the articles of the claims, by claim.</param>
/// <param name="Others">Facts outside of the explanation that it names by their numbers, by kind and number.</param>
/// <param name="Pairs">The first open pairs of the review list with a fact of the row.</param>
/// <param name="Names">Names of parties and items.</param>
internal sealed record ExplainPlace(
    Explanation Explanation, IReadOnlyDictionary<long, string?> Sources, IReadOnlyDictionary<(string Kind, long Id), FactRow> Others,
    IReadOnlyList<ReviewedPair> Pairs, IReadOnlyDictionary<string, string> Names)
{
    /// <summary>Most facts and claims that are named as not counted, and most pairs.</summary>
    public const int Most = 30;

    /// <summary>The facts of the row, and those of other rows that its numbers depend on.</summary>
    public IEnumerable<FactRow> Facts =>
    [
        .. Explanation.Commitments, .. Explanation.Deliveries, .. Explanation.Requests, .. Explanation.Related?.Commitments ?? [],
        .. Explanation.Related?.Deliveries ?? [],
    ];
}
