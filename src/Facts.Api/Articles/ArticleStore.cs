using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Articles;

/// <summary>How a claim names its article: by number, else external id, else url.</summary>
internal sealed record ArticleName(long? Id, string? ExternalId, string? Url);

/// <summary>The articles that a load names: those stored, and those it brings.</summary>
internal sealed class ArticleLookup(IReadOnlyCollection<ArticleRow> stored)
{
    readonly Dictionary<long, ArticleRow> _byId = stored.ToDictionary(a => a.Id);
    readonly Dictionary<string, ArticleRow> _byExternalId = stored.Where(a => a.ExternalId is not null).ToDictionary(a => a.ExternalId!, StringComparer.Ordinal);
    readonly ILookup<string, ArticleRow> _byUrl = stored.Where(a => a.Url is not null).ToLookup(a => a.Url!, StringComparer.Ordinal);
    readonly Dictionary<string, ArticleRow> _newByUrl = new(StringComparer.Ordinal);
    readonly List<ArticleRow> _new = [];

    /// <summary>
    /// The article of that name; null where there is none. A url alone means the article that has it and no external id, or the only one that has it.
    /// </summary>
    public ArticleRow? Find(ArticleName name)
    {
        if (name.Id is { } id) return _byId.GetValueOrDefault(id);
        if (name.ExternalId is { } externalId) return _byExternalId.GetValueOrDefault(externalId);
        var there = _byUrl[name.Url!].ToList();
        return there.Find(a => a.ExternalId is null) ?? (there is [var only] ? only : null) ?? _newByUrl.GetValueOrDefault(name.Url!);
    }

    /// <summary>Takes note of an article that the load brings.</summary>
    public ArticleRow Add(ArticleRow article)
    {
        _new.Add(article);
        if (article.ExternalId is { } externalId) _byExternalId[externalId] = article;
        else _newByUrl[article.Url!] = article;
        return article;
    }

    public IReadOnlyList<ArticleRow> New => _new;
}

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
