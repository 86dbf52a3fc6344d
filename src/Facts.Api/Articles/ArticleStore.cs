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
        // `offset 0` makes PostgreSQL use an index for each name. Its statistics do not know the rows that an import has just written, and suggest a full scan.
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

    /// <summary>
    /// Gives new articles their ids and stores them, in the order of their names. Two writers that store the same articles then wait for each other without a
    /// deadlock.
    /// </summary>
    public static async Task AddAsync(FactsContext database, IReadOnlyCollection<ArticleRow> articles, DateTimeOffset now, CancellationToken cancel)
    {
        if (articles.Count == 0) return;
        foreach (var (article, id) in articles.Zip(await database.ReserveAsync("articles_id_seq", articles.Count, cancel)))
            (article.Id, article.RecordedAt) = (id, now);
        await database.CopyInAsync([.. articles.OrderBy(a => a.ExternalId, StringComparer.Ordinal).ThenBy(a => a.Url, StringComparer.Ordinal)], cancel);
    }
}
