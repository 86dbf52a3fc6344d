namespace Facts.Api.Articles;

/// <summary>The articles that a batch names: stored articles, and articles that the batch creates.</summary>
internal sealed class ArticleLookup(IReadOnlyCollection<ArticleRow> stored)
{
    readonly Dictionary<long, ArticleRow> _byId = stored.ToDictionary(a => a.Id);
    readonly Dictionary<string, ArticleRow> _byExternalId =
        stored.Where(a => a.ExternalId is not null).ToDictionary(a => a.ExternalId!, StringComparer.Ordinal);
    readonly ILookup<string, ArticleRow> _byUrl = stored.Where(a => a.Url is not null).ToLookup(a => a.Url!, StringComparer.Ordinal);
    readonly Dictionary<string, ArticleRow> _newByUrl = new(StringComparer.Ordinal);
    readonly List<ArticleRow> _new = [];

    /// <summary>
    /// The article of that name; null if there is none. A URL alone means the article with that URL and no external id, or the only article with that URL.
    /// </summary>
    public ArticleRow? Find(ArticleName name)
    {
        if (name.Id is { } id) return _byId.GetValueOrDefault(id);
        if (name.ExternalId is { } externalId) return _byExternalId.GetValueOrDefault(externalId);
        var stored = _byUrl[name.Url!].ToList();
        return stored.Find(a => a.ExternalId is null) ?? (stored is [var only] ? only : null) ?? _newByUrl.GetValueOrDefault(name.Url!);
    }

    /// <summary>Adds an article that the batch creates.</summary>
    public ArticleRow Add(ArticleRow article)
    {
        _new.Add(article);
        if (article.ExternalId is { } externalId) _byExternalId[externalId] = article;
        else _newByUrl[article.Url!] = article;
        return article;
    }

    public IReadOnlyList<ArticleRow> New => _new;
}
