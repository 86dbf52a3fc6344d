using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Articles;

internal static class ArticleStore
{
    public static async Task<ArticleLookup> FindAsync(FactsContext database, IReadOnlyCollection<ArticleName> names, CancellationToken cancel)
    {
        var ids = names.Select(n => n.Id).OfType<long>().Distinct().ToArray();
        var externalIds = names.Where(n => n.Id is null).Select(n => n.ExternalId).OfType<string>().Distinct().ToArray();
        var urls = names.Where(n => n.Id is null && n.ExternalId is null).Select(n => n.Url).OfType<string>().Distinct().ToArray();
        // Each by its index, whatever the statistics say: they know nothing of what a load has just written.
        return new(await database.Set<ArticleRow>().FromSql(
            $"""
            select a.*
            from unnest({ids}) as wanted (id)
            cross join lateral (select * from articles where id = wanted.id offset 0) a
            union
            select a.*
            from unnest({externalIds}) as wanted (external_id)
            cross join lateral (select * from articles where external_id = wanted.external_id offset 0) a
            union
            select a.*
            from unnest({urls}) as wanted (url)
            cross join lateral (select * from articles where url = wanted.url offset 0) a
            """).AsNoTracking().ToListAsync(cancel));
    }

    /// <summary>Numbers and stores new articles. In the order of their names: two who bring the same ones at once wait for each other, and not in a circle.</summary>
    public static async Task AddAsync(FactsContext database, IReadOnlyCollection<ArticleRow> articles, DateTimeOffset now, CancellationToken cancel)
    {
        if (articles.Count == 0) return;
        foreach (var (article, id) in articles.Zip(await database.ReserveAsync("articles_id_seq", articles.Count, cancel))) (article.Id, article.RecordedAt) = (id, now);
        await database.CopyInAsync([.. articles.OrderBy(a => a.ExternalId, StringComparer.Ordinal).ThenBy(a => a.Url, StringComparer.Ordinal)], cancel);
    }
}
