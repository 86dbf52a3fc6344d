using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Review;

/// <summary>A decision as it is listed: with the numbers that the two claims have in this store, and the names that they have in every store.</summary>
internal sealed class DecisionResponse
{
    public required DecisionRow Decision { get; init; }
    public required string? ArticleOfA { get; init; }
    public required string? NameOfA { get; init; }
    public required string? ArticleOfB { get; init; }
    public required string? NameOfB { get; init; }

    public static IQueryable<DecisionResponse> All(FactsContext database)
    {
        var current = ClaimResponse.All(database).Where(c => c.Claim.SupersededIn == null && c.Article.RetractedAt == null)
            .Select(c => new { c.Claim.Id, c.Claim.FirstEditionId, Article = c.Article.ExternalId ?? c.Article.Url, Name = c.Claim.ExternalId });
        return
            from decision in database.Set<DecisionRow>().AsNoTracking()
            from a in current.Where(c => c.Id == decision.A || c.FirstEditionId != c.Id && c.FirstEditionId == decision.A).DefaultIfEmpty()
            from b in current.Where(c => c.Id == decision.B || c.FirstEditionId != c.Id && c.FirstEditionId == decision.B).DefaultIfEmpty()
            select new DecisionResponse { Decision = decision, ArticleOfA = a!.Article, NameOfA = a.Name, ArticleOfB = b!.Article, NameOfB = b.Name };
    }
}
