using Facts.Api.Projections;

namespace Facts.Api.Balances;

/// <summary>
/// The facts behind a row, their links and claims, and sums that add up to the row's numbers (see <c>docs/semantics.md#explanations</c>). A row may have
/// very many facts, so what is made of each of them is made while it is read.
/// </summary>
internal sealed record Explanation
{
    public required BalanceResponse Row { get; init; }
    public required DateTimeOffset KnownAt { get; init; }
    public required long DatasetVersion { get; init; }
    public required IReadOnlyList<MeasureSum> Arithmetic { get; init; }
    public required IReadOnlyList<CountSum> Counts { get; init; }
    public required IReadOnlyList<RequestRow> Requests { get; init; }
    public required IReadOnlyList<CommitmentRow> Commitments { get; init; }
    public required IReadOnlyList<DeliveryRow> Deliveries { get; init; }
    public required IReadOnlyList<ExplainedLink> Links { get; init; }
    public required IReadOnlyList<ExplainedClaim> Claims { get; init; }
    public required RelatedFacts? Related { get; init; }
    public required IReadOnlyList<ExplainedPair> Pairs { get; init; }
    public required string? FulfilmentRate { get; init; }
    public required IEnumerable<FactReasons> Reasons { get; init; }
    public required IReadOnlyList<Exclusion> Exclusions { get; init; }
}
