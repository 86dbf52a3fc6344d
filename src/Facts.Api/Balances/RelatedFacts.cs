using Facts.Api.FactLists;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Balances;

/// <summary>Facts of other rows.</summary>
internal sealed record RelatedFacts(IReadOnlyList<CommitmentRow> Commitments, IReadOnlyList<DeliveryRow> Deliveries, IReadOnlyList<ExplainedClaim> Claims)
{
    public static readonly ListSchema<RelatedFacts> Fields = new ListSchema<RelatedFacts>("FactsBeside")
        .Field("commitments", b => b.Commitments, "Commitments of other rows.", inner: CommitmentListSchema.Fields)
        .Field("deliveries", b => b.Deliveries, "Deliveries of other rows.", inner: DeliveryListSchema.Fields)
        .Field("claims", b => b.Claims, "The claims that they are made of, with their quotes.");
}
