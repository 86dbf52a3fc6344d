using Facts.Api.Articles;
using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Claims;

/// <summary>The stored claims that count now under the names that the rows of a batch have.</summary>
internal sealed class CurrentClaims(FactsContext database)
{
    // Ranges of the numbers of articles, both ends inclusive, ascending. Numbers are reserved in turn, so a large import has few.
    readonly List<(long First, long Last)> _created = [];

    /// <summary>Notes articles that this import creates, in the order of their numbers. They come after all that were noted before.</summary>
    public void AddCreated(IEnumerable<ArticleRow> articles)
    {
        foreach (var article in articles)
            if (_created is [.., var last] && last.Last + 1 == article.Id) _created[^1] = (last.First, article.Id);
            else _created.Add((article.Id, article.Id));
    }

    /// <summary>True if this import creates the article. No other writer sees it before the commit, so it needs no lock.</summary>
    public bool IsCreatedHere(long article)
    {
        var after = ~_created.BinarySearch((article, long.MaxValue));
        return after > 0 && _created[after - 1].Last >= article;
    }

    /// <summary>Reads the claims by article and external id.</summary>
    public async Task<Dictionary<(long Article, string ExternalId), ClaimRow>> ReadAsync(ResolvedBatch batch, CancellationToken cancel)
    {
        var wanted = StoredBefore(batch).ToList();
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

    /// <summary>
    /// Reads the last editions of claims that somebody withdrew, by article and external id. A claim that a list dropped was not withdrawn by anybody.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="counting">The claims that count now, which are not looked for.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<Dictionary<(long Article, string ExternalId), ClaimRow>> ReadWithdrawnAsync(
        ResolvedBatch batch, Dictionary<(long Article, string ExternalId), ClaimRow> counting, CancellationToken cancel)
    {
        var wanted = StoredBefore(batch).Where(name => !counting.ContainsKey(name)).ToList();
        if (wanted.Count == 0) return [];
        var (articles, names) = (wanted.Select(w => w.Article).ToArray(), wanted.Select(w => w.ExternalId).ToArray());
        var found = await database.Set<ClaimRow>().FromSql(
            $"""
            select c.*
            from unnest({articles}, {names}) as wanted (article_id, external_id)
            cross join lateral (
                select *
                from (
                    select * from claims
                    where article_id = wanted.article_id and external_id = wanted.external_id and superseded_in is not null and superseded_by is null
                    offset 0
                ) ended
                order by id desc
                limit 1
            ) c
            join changes on changes.id = c.superseded_in
            where changes.kind = 'withdrawal'
            """).AsNoTracking().ToListAsync(cancel);
        return found.ToDictionary(c => (c.ArticleId, c.ExternalId));
    }

    /// <summary>Reads the amendments that imports with <c>changed=amend</c> recorded for pledges, by the pledge's article and external id.</summary>
    public async Task<ILookup<(long Article, string ExternalId), ClaimRow>> ReadAmendmentsAsync(IEnumerable<ClaimRow> claims, CancellationToken cancel)
    {
        var pledges = claims.Where(c => c is { Kind: "pledge", Commitment: not null }).ToList();
        if (pledges.Count == 0) return Array.Empty<ClaimRow>().ToLookup(_ => (0L, ""));
        var (articles, keys) = (pledges.Select(p => p.ArticleId).ToArray(), pledges.Select(p => p.Commitment!).ToArray());
        var found = await database.Set<ClaimRow>().FromSql(
            $"""
            select c.*
            from (select distinct * from unnest({articles}, {keys}) as named (article_id, commitment)) wanted
            cross join lateral (select * from claims where commitment = wanted.commitment offset 0) c
            where c.article_id = wanted.article_id and c.kind = 'amendment' and c.superseded_in is null and starts_with(c.external_id, {NumberChanges.Changed})
            """).AsNoTracking().ToListAsync(cancel);
        return found.ToLookup(c => (c.ArticleId, NumberChanges.RowOf(c.ExternalId)));
    }

    // Names under which claims may be stored already. Articles created by this import have none.
    IEnumerable<(long Article, string ExternalId)> StoredBefore(ResolvedBatch batch) =>
        batch.Claims.Where(c => !IsCreatedHere(c.Article.Id)).Select(c => (c.Article.Id, c.Row.ExternalId)).Distinct();
}
