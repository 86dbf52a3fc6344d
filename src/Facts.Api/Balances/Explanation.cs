using Facts.Api.FactLists;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Balances;

/// <summary>What is behind a row: the facts, their links and claims, and sums that come out at its numbers.</summary>
internal sealed record Explanation
{
    public required BalanceLine Row { get; init; }
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
    public required string? FulfilmentRate { get; init; }
    public required IReadOnlyList<FactReasons> Reasons { get; init; }
    public required IReadOnlyList<Exclusion> LeftOut { get; init; }

    public static readonly ListSchema<Explanation> Fields = new ListSchema<Explanation>("Explanation")
        .Field("row", e => e.Row, "The row, as in the list.", inner: BalanceResponse.Fields)
        .Field("as_of", e => e.Row.AsOf, "The day asked about.")
        .Field("known_at", e => e.KnownAt, "The moment whose knowledge was asked with.")
        .Field("dataset_version", e => e.DatasetVersion, "Counts the changes of the store.")
        .Field("min_stage", e => e.Row.Filter.View.MinStage, "The stage from which on deliveries count.")
        .Field("links_used", e => e.Row.Filter.View.Links, "Whether deliveries that name no commitment were matched.")
        .Field("vague", e => e.Row.Filter.Policy.Name, "How vague words were read.")
        .Field("arithmetic", e => e.Arithmetic, "Of each measure the terms that add up to it.")
        .Field("counts", e => e.Counts, "Of each count the facts that are counted; claims, articles and publishers are those of `claims`.")
        .Field("requests", e => e.Requests, "The requests behind the row.", inner: RequestListSchema.Fields)
        .Field("commitments", e => e.Commitments, "The commitments behind the row.", inner: CommitmentListSchema.Fields)
        .Field("deliveries", e => e.Deliveries, "The deliveries behind the row.", inner: DeliveryListSchema.Fields)
        .Field("links", e => e.Links, "What of deliveries goes to which commitments, and why.")
        .Field("claims", e => e.Claims, "The claims that the facts are made of, with their quotes.")
        .Field("related", e => e.Related, "Facts of other rows that numbers here rest on, with their claims: the other ends of links, parts, and what takes away from needs; null where there are none. "
            + "No count has them.", inner: RelatedFacts.Fields)
        .Field("fulfilment_rate", e => e.FulfilmentRate, "How the rate comes about; null where nothing is committed.")
        .Field("reasons", e => e.Reasons, "The rules that made facts what they are.")
        .Field("left_out", e => e.LeftOut, "What has to do with the row and adds nothing to it or to some number of it, and why: facts and claims.");
}
