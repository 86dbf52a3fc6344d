using Facts.Api.Articles;
using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Claims;

/// <summary>The stored claims that count now under the names that the rows of a batch have.</summary>
internal sealed class CurrentClaims(FactsContext database)
{
    readonly HashSet<long> _created = [];

    /// <summary>Notes articles that this import creates.</summary>
    public void AddCreated(IEnumerable<ArticleRow> articles) => _created.UnionWith(articles.Select(a => a.Id));

    /// <summary>True if this import creates the article. No other writer sees it before the commit, so it needs no lock.</summary>
    public bool IsCreatedHere(long article) => _created.Contains(article);

    /// <summary>Reads the claims by article and external id.</summary>
    public async Task<Dictionary<(long Article, string ExternalId), ClaimRow>> ReadAsync(ResolvedBatch batch, CancellationToken cancel)
    {
        // Articles created by this import have no earlier claims, so only articles that were stored before are looked up.
        var wanted = batch.Claims.Where(c => !IsCreatedHere(c.Article.Id)).Select(c => (Article: c.Article.Id, c.Row.ExternalId)).Distinct().ToList();
        if (wanted.Count == 0) return [];
        var (articles, names) = (wanted.Select(w => w.Article).ToArray(), wanted.Select(w => w.ExternalId).ToArray());
        var found = await database.Set<ClaimRow>().FromSql(
            $"""
            select c.*
            from unnest({articles}, {names}) as wanted (article_id, external_id)
            cross join lateral (
                select * from claims where article_id = wanted.article_id and external_id = wanted.external_id and superseded_in is null offset 0
            ) c
            """).AsNoTracking().ToListAsync(cancel);
        return found.ToDictionary(c => (c.ArticleId, c.ExternalId));
    }
}
