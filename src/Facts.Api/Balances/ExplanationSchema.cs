using Facts.Api.FactLists;
using Facts.Api.Http;

namespace Facts.Api.Balances;

/// <summary>The fields of the explanation of a row.</summary>
internal static class ExplanationSchema
{
    static readonly ListSchema<RelatedFacts> RelatedFields = new ListSchema<RelatedFacts>("RelatedFacts")
        .Field("commitments", r => r.Commitments, "Commitments of other rows.", inner: CommitmentListSchema.Fields)
        .Field("deliveries", r => r.Deliveries, "Deliveries of other rows.", inner: DeliveryListSchema.Fields)
        .Field("claims", r => r.Claims, "Claims of the facts of other rows, with their quotes.");

    public static readonly ListSchema<Explanation> Fields = new ListSchema<Explanation>("Explanation")
        .Field("row", e => e.Row, "The explained row of the balance.", inner: BalanceListSchema.Fields)
        .Field("as_of", e => e.Row.AsOf, "The row shows the state at the end of this day.")
        .Field("known_at", e => e.KnownAt, "Only what was recorded by this moment is in the row (UTC).")
        .Field("dataset_version", e => e.DatasetVersion, "Version of the dataset: the number of its changes.")
        .Field("min_stage", e => e.Row.Filter.Evaluation.MinStage, "Deliveries count from this stage on.")
        .Field("links_used", e => e.Row.Filter.Evaluation.Links, "Links in use: with `all`, deliveries that name no commitment were matched to commitments.")
        .Field("vague", e => e.Row.Filter.Policy.Name, "Name of the policy by which vague words became numbers.")
        .Field("arithmetic", e => e.Arithmetic, "For each measure, the terms that add up to it.")
        .Field("counts", e => e.Counts, "For each count of facts, the counted facts. The counts of claims, articles and publishers follow from `claims`.")
        .Field("requests", e => e.Requests, "The requests behind the row.", inner: RequestListSchema.Fields)
        .Field("commitments", e => e.Commitments, "The commitments behind the row.", inner: CommitmentListSchema.Fields)
        .Field("deliveries", e => e.Deliveries, "The deliveries behind the row.", inner: DeliveryListSchema.Fields)
        .Field("links", e => e.Links, "The quantities that go from deliveries to commitments, and why.")
        .Field("claims", e => e.Claims, "The claims of the row's facts, with their quotes.")
        .Field("related", e => e.Related,
            "Facts of other rows that the row's numbers depend on, with their claims: linked facts, parts of commitments, and facts that reduce a need. "
            + "Null where there are none. They are in no count of the row.", inner: RelatedFields)
        .Field("pairs", e => e.Pairs,
            "Open pairs of the review list with a fact of the row: why the two may be one, and what a decision changes. "
            + "They make `possible_overlap`, `committed_overlap` and `delivered_overlap`.")
        .Field("fulfilment_rate", e => e.FulfilmentRate, "Computation of the fulfilment rate, in a sentence; null where nothing is committed.")
        .Field("reasons", e => e.Reasons, "The rules that made the facts what they are.")
        .Field("left_out", e => e.Exclusions, "Facts and claims that belong to the row but add nothing to it, or nothing to one of its numbers, and why.");
}
