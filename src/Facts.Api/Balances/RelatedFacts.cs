using Facts.Api.Projections;

namespace Facts.Api.Balances;

/// <summary>Facts of other rows that the numbers of a row depend on, with their claims.</summary>
internal sealed record RelatedFacts(IReadOnlyList<CommitmentRow> Commitments, IReadOnlyList<DeliveryRow> Deliveries, IReadOnlyList<ExplainedClaim> Claims);
