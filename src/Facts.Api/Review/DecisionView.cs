using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Review;

/// <summary>A decision as it is listed: beside the store's own numbers of the two claims, the names that they have in every store.</summary>
internal sealed class DecisionView
{
    public required DecisionRow Decision { get; init; }
    public required string? ArticleOfA { get; init; }
    public required string? NameOfA { get; init; }
    public required string? ArticleOfB { get; init; }
    public required string? NameOfB { get; init; }

    public static IQueryable<DecisionView> All(FactsContext database)
    {
        var counting = ClaimView.All(database).Where(c => c.Claim.SupersededIn == null && c.Article.RetractedAt == null)
            .Select(c => new { c.Claim.Id, c.Claim.FirstEditionId, Article = c.Article.ExternalId ?? c.Article.Url, Name = c.Claim.ExternalId });
        return
            from decision in database.Set<DecisionRow>().AsNoTracking()
            from a in counting.Where(c => c.Id == decision.A || c.FirstEditionId != c.Id && c.FirstEditionId == decision.A).DefaultIfEmpty()
            from b in counting.Where(c => c.Id == decision.B || c.FirstEditionId != c.Id && c.FirstEditionId == decision.B).DefaultIfEmpty()
            select new DecisionView { Decision = decision, ArticleOfA = a!.Article, NameOfA = a.Name, ArticleOfB = b!.Article, NameOfB = b.Name };
    }

    public static readonly ListSchema<DecisionView> Fields = new ListSchema<DecisionView>("Decision")
        .Id("id", d => d.Decision.Id, "Number of the decision.")
        .Field("decision", d => d.Decision.Decision, "What was decided.", facet: true, words: EnumWords.All<DecisionKind>())
        .Field("a", d => d.Decision.A, "A claim of the one fact; of a link the delivery's; of a rank the claim.")
        .Field("a_article", d => d.ArticleOfA, "External id of that claim's article, its address where it has none; null where the claim counts no more, and with it the decision.")
        .Field("a_external_id", d => d.NameOfA, "External id of that claim.")
        .Field("b", d => d.Decision.B, "A claim of the other; of a link the commitment's; null of a rank.")
        .Field("b_article", d => d.ArticleOfB, "As `a_article`, of the other.")
        .Field("b_external_id", d => d.NameOfB, "External id of the other.")
        .Field("rank", d => d.Decision.Rank, "Of a rank: what the claim was ranked.", words: EnumWords.All<Rank>())
        .Field("rank_before", d => d.Decision.RankBefore, "Of a rank: what it was ranked before, and is again when this is undone.", words: EnumWords.All<Rank>())
        .Field("decided_by", d => d.Decision.DecidedBy, "Who decided.")
        .Field("reason", d => d.Decision.Reason, "Why.")
        .Field("recorded_at", d => d.Decision.RecordedAt, "When (UTC).")
        .Field("undone_at", d => d.Decision.UndoneAt, "When it was undone; null while it holds.");
}
