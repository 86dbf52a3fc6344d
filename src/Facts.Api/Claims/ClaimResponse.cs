using Facts.Api.Articles;
using Facts.Api.Changes;
using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Claims;

/// <summary>A claim in a response: the stored claim with its article and its record times.</summary>
internal sealed class ClaimResponse
{
    public required ClaimRow Claim { get; init; }
    public required ArticleRow Article { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required DateTimeOffset? SupersededAt { get; init; }

    /// <summary>Claims of all editions. Those that count have no <c>superseded_at</c>.</summary>
    public static IQueryable<ClaimResponse> All(FactsContext database) =>
        from claim in database.Set<ClaimRow>().AsNoTracking()
        join article in database.Set<ArticleRow>() on claim.ArticleId equals article.Id
        join recorded in database.Set<ChangeRow>() on claim.RecordedIn equals recorded.Id
        join ended in database.Set<ChangeRow>() on claim.SupersededIn equals (long?)ended.Id into ends
        from superseded in ends.DefaultIfEmpty()
        select new ClaimResponse { Claim = claim, Article = article, RecordedAt = recorded.RecordedAt, SupersededAt = (DateTimeOffset?)superseded!.RecordedAt };

    /// <summary>Embeds the article, which is read with the claim.</summary>
    public static Task<Func<ClaimResponse, object?>> Embedded(string name, IReadOnlyList<ClaimResponse> rows, CancellationToken cancel) =>
        Task.FromResult<Func<ClaimResponse, object?>>(claim => claim.Article);
}
