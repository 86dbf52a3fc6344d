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
        .Field("requests", e => e.Requests, "The requests behind the row.", inner: FactListSchemas.Requests)
        .Field("commitments", e => e.Commitments, "The commitments behind the row.", inner: FactListSchemas.Commitments)
        .Field("deliveries", e => e.Deliveries, "The deliveries behind the row.", inner: FactListSchemas.Deliveries)
        .Field("links", e => e.Links, "What of deliveries goes to which commitments, and why.")
        .Field("claims", e => e.Claims, "The claims that the facts are made of, with their quotes.")
        .Field("related", e => e.Related, "Facts of other rows that numbers here rest on, with their claims: the other ends of links, parts, and what takes away from needs; null where there are none. "
            + "No count has them.", inner: RelatedFacts.Fields)
        .Field("fulfilment_rate", e => e.FulfilmentRate, "How the rate comes about; null where nothing is committed.")
        .Field("reasons", e => e.Reasons, "The rules that made facts what they are.")
        .Field("left_out", e => e.LeftOut, "What has to do with the row and adds nothing to it or to some number of it, and why: facts and claims.");
}

/// <summary>Facts of other rows.</summary>
internal sealed record RelatedFacts(IReadOnlyList<CommitmentRow> Commitments, IReadOnlyList<DeliveryRow> Deliveries, IReadOnlyList<ExplainedClaim> Claims)
{
    public static readonly ListSchema<RelatedFacts> Fields = new ListSchema<RelatedFacts>("FactsBeside")
        .Field("commitments", b => b.Commitments, "Commitments of other rows.", inner: FactListSchemas.Commitments)
        .Field("deliveries", b => b.Deliveries, "Deliveries of other rows.", inner: FactListSchemas.Deliveries)
        .Field("claims", b => b.Claims, "The claims that they are made of, with their quotes.");
}

/// <summary>A measure of the row and what adds up to it.</summary>
/// <param name="Measure">Its name, without <c>_low</c> and <c>_high</c>.</param>
/// <param name="Low">The row's certain number.</param>
/// <param name="High">The row's possible number; null without bound.</param>
/// <param name="Terms">The facts that are not zero in it.</param>
/// <param name="EndsExchanged">Whether the terms' lows add up to more than their highs, so that the row shows the two sums exchanged.</param>
internal sealed record MeasureSum(string Measure, decimal? Low, decimal? High, IReadOnlyList<MeasureTerm> Terms, bool EndsExchanged);

/// <summary>What one fact adds. Low may be above high in what a running total leaves unexplained.</summary>
/// <param name="Kind">What the fact is.</param>
/// <param name="Id">Number of the fact.</param>
/// <param name="Low">What it certainly adds.</param>
/// <param name="High">What it possibly adds; null without bound.</param>
/// <param name="How">How the two come about, where they are computed; else null.</param>
internal sealed record MeasureTerm(FactKind Kind, long Id, decimal Low, decimal? High, string? How);

/// <summary>A count of the row and the facts it counts.</summary>
/// <param name="Count">Its name.</param>
/// <param name="Value">How many.</param>
/// <param name="Facts">Which.</param>
internal sealed record CountSum(string Count, int Value, IReadOnlyList<FactName> Facts);

/// <summary>How much of a delivery goes to a commitment, and why.</summary>
/// <param name="CommitmentId">Number of the commitment.</param>
/// <param name="DeliveryId">Number of the delivery.</param>
/// <param name="QuantityLow">What certainly goes there.</param>
/// <param name="QuantityHigh">What possibly goes there; null without bound.</param>
/// <param name="Explicit">Whether a claim or an editor says so; else it was matched.</param>
/// <param name="Rule">Why, in a word.</param>
/// <param name="Text">Why, in a sentence.</param>
internal sealed record ExplainedLink(long CommitmentId, long DeliveryId, decimal QuantityLow, decimal? QuantityHigh, bool Explicit, string Rule, string Text);

/// <summary>Which fact.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its number.</param>
internal sealed record FactName(FactKind Kind, long Id);

/// <summary>Why a fact is as it is.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its number.</param>
/// <param name="Reasons">The rules that made it so.</param>
internal sealed record FactReasons(FactKind Kind, long Id, IReadOnlyList<Reason> Reasons);

/// <summary>A claim behind the row, with its quote.</summary>
internal sealed record ExplainedClaim
{
    /// <summary>Number of the claim.</summary>
    public required long Id { get; init; }

    /// <summary>The loader's own id, unique within the article.</summary>
    public required string ExternalId { get; init; }

    /// <summary>What it says happened or should happen.</summary>
    public required ClaimKind Kind { get; init; }

    /// <summary>When it was said (EDTF).</summary>
    public required string StatedOn { get; init; }

    /// <summary>Of a delivery: when it reached its stage (EDTF).</summary>
    public required string? HappenedOn { get; init; }

    /// <summary>Deadline (EDTF).</summary>
    public required string? DueOn { get; init; }

    /// <summary>Least it can be, inclusive; null where unspecified.</summary>
    public required decimal? QuantityLow { get; init; }

    /// <summary>Most it can be, inclusive; null where unspecified or without bound.</summary>
    public required decimal? QuantityHigh { get; init; }

    /// <summary>What the number counts.</summary>
    public required QuantityBasis QuantityBasis { get; init; }

    /// <summary>What is counted.</summary>
    public required string? Unit { get; init; }

    /// <summary>The exact passage.</summary>
    public required string? Quote { get; init; }

    /// <summary>What stands before it.</summary>
    public required string? QuotePrefix { get; init; }

    /// <summary>What stands after it.</summary>
    public required string? QuoteSuffix { get; init; }

    /// <summary>Number of the article.</summary>
    public required long ArticleId { get; init; }

    /// <summary>External id of the article, else its address.</summary>
    public required string Article { get; init; }

    /// <summary>Title of the article.</summary>
    public required string? ArticleTitle { get; init; }

    /// <summary>Who published it.</summary>
    public required string? ArticlePublisher { get; init; }

    /// <summary>When it was published (EDTF).</summary>
    public required string? ArticlePublishedOn { get; init; }

    /// <summary>The facts it is evidence of.</summary>
    public required IReadOnlyList<FactName> About { get; init; }
}
