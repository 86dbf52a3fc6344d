using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Review;

/// <summary>The fields of the list of decisions.</summary>
internal static class DecisionListSchema
{
    public static readonly ListSchema<DecisionResponse> Fields = new ListSchema<DecisionResponse>("Decision")
        .Id("id", d => d.Decision.Id, "Number of the decision.")
        .Field("decision", d => d.Decision.Decision, "The decision, in a word.", facet: true, words: EnumWords.All<DecisionKind>())
        .Field("a", d => d.Decision.A, "Number of a claim of the first fact. For `link` and `unlink`: of the delivery. For `rank`: the ranked claim.")
        .Field("a_article", d => d.ArticleOfA,
            "External id of the article of claim `a`, or its URL where it has none; null where the claim no longer counts, so that the decision has no effect.")
        .Field("a_external_id", d => d.NameOfA, "External id of claim `a`; null where the claim no longer counts.")
        .Field("b", d => d.Decision.B, "Number of a claim of the second fact. For `link` and `unlink`: of the commitment. Null for `rank`.")
        .Field("b_article", d => d.ArticleOfB,
            "External id of the article of claim `b`, or its URL where it has none; null for `rank` and where the claim no longer counts.")
        .Field("b_external_id", d => d.NameOfB, "External id of claim `b`; null for `rank` and where the claim no longer counts.")
        .Field("rank", d => d.Decision.Rank, "Rank that the decision gave the claim; null unless the decision is `rank`.", words: EnumWords.All<Rank>())
        .Field("rank_before", d => d.Decision.RankBefore,
            "Rank of the claim before the decision, which it gets back when the decision is undone; null unless the decision is `rank`.",
            words: EnumWords.All<Rank>())
        .Field("decided_by", d => d.Decision.DecidedBy, "Name of the person who decided; null where it was not given.")
        .Field("reason", d => d.Decision.Reason, "Reason for the decision; null where it was not given.")
        .Field("recorded_at", d => d.Decision.RecordedAt, "Moment at which the decision was recorded (UTC).")
        .Field("undone_at", d => d.Decision.UndoneAt, "Moment at which the decision was undone (UTC); null while it is in force.");
}
