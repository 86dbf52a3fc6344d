using Facts.Api.Balances;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>The explanation of one row of a balance. Of a row with very many facts, the page shows the first ones.</summary>
/// <param name="Explanation">The facts, links and claims, and the arithmetic.</param>
/// <param name="Claims">The claims of each fact that is shown.</param>
/// <param name="Sources">Addresses of the articles of these claims, by claim.</param>
/// <param name="Others">Facts outside of the explanation that it names by their numbers, by kind and number.</param>
/// <param name="Pairs">The first open pairs of the review list with a fact of the row.</param>
/// <param name="Names">Names of parties and items.</param>
internal sealed record ExplainPlace(
    Explanation Explanation, ILookup<(FactKind Kind, long Id), ExplainedClaim> Claims, IReadOnlyDictionary<long, string?> Sources,
    IReadOnlyDictionary<(string Kind, long Id), FactRow> Others, IReadOnlyList<ReviewedPair> Pairs, IReadOnlyDictionary<string, string> Names)
{
    /// <summary>Most facts and claims that are named as not counted, and most pairs.</summary>
    public const int Most = 30;

    /// <summary>Most facts of a kind, and most terms of a sum.</summary>
    public const int MostFacts = 200;

    /// <summary>The facts of the row, and those of other rows that its numbers depend on, by number.</summary>
    public IReadOnlyDictionary<long, FactRow> Facts { get; } = FactsOf(Explanation);

    /// <summary>The numbers of the facts that are shown, with their kinds.</summary>
    public static IEnumerable<(FactKind Kind, long Id)> Shown(Explanation explanation) =>
    [
        .. explanation.Commitments.Take(MostFacts).Select(f => (FactKind.Commitment, f.Id)),
        .. explanation.Deliveries.Take(MostFacts).Select(f => (FactKind.Delivery, f.Id)),
        .. explanation.Requests.Take(MostFacts).Select(f => (FactKind.Request, f.Id)),
    ];

    static Dictionary<long, FactRow> FactsOf(Explanation explanation)
    {
        var facts = new Dictionary<long, FactRow>();
        IEnumerable<FactRow>[] all =
        [
            explanation.Commitments, explanation.Deliveries, explanation.Requests,
            explanation.Related?.Commitments ?? [], explanation.Related?.Deliveries ?? [],
        ];
        foreach (var fact in all.SelectMany(f => f)) facts.TryAdd(fact.Id, fact);
        return facts;
    }
}
